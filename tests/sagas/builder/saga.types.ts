// Type tests: every @ts-expect-error below is a mistake that the builder must refuse when it is compiled.
import { task } from "../../../contracts/task";
import { saga } from "../../../sagas/builder/saga";
import { placeOrder, type OrderOutcome } from "../../../sagas/placeOrder";

interface Trip {
  readonly tripId: string;
  readonly price: number;
  readonly stops: readonly { readonly city: string }[];
  readonly voucher?: string;
  readonly traveller: { readonly name: string };
}

const book = task<{ id: string; stops: Trip["stops"] }, { bookingId: string }>("Book").rejecting("Full", "Cancelled");
const unbook = task<{ id: string }, void>("Unbook");
const charge = task<{ id: string; price: number; bookingId: string }, void>("Charge").rejecting("Declined");
const refund = task<{ id: string }, void>("Refund");
const print = task<{ name: string; bookingId: string }, void>("Print");
const fence = task<{ id: string; step: string; code: "FULL" | "FAULT" }, { verdict: "BACK" | "DONE" }>("Fence");

const start = saga<Trip, "FULL" | "FAULT">("Trip", { timeoutSeconds: 60, fault: "FAULT" });

// Right: answers are found by later steps under the name that `as` gives.
start
  .step(book, {
    as: "booking",
    input: ({ tripId, stops }) => ({ id: tripId, stops }),
    undo: { task: unbook, input: ({ tripId }) => ({ id: tripId }) },
    rejections: { Full: "FULL", Cancelled: "FAULT" },
  })
  .step(charge, {
    input: ({ tripId, price, booking }) => ({ id: tripId, price, bookingId: booking.bookingId }),
    undo: { task: refund, input: ({ booking }) => ({ id: booking.bookingId }) },
    rejections: { Declined: "FULL" },
  })
  .pivot()
  .step(print, { input: ({ traveller, booking }) => ({ name: traveller.name, bookingId: booking.bookingId }) });

// A rejection without an outcome.
start.step(book, {
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  undo: { because: "it is a test" },
  // @ts-expect-error -- must be refused
  rejections: { Full: "FULL" },
});

// No outcomes at all.
// @ts-expect-error -- must be refused
start.step(book, {
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  undo: { because: "it is a test" },
});

// An outcome for what the task never answers.
start.step(book, {
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  undo: { because: "it is a test" },
  // @ts-expect-error -- must be refused
  rejections: { Full: "FULL", Cancelled: "FAULT", Lost: "FAULT" },
});

// An outcome that the saga does not have.
start.step(book, {
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  undo: { because: "it is a test" },
  // @ts-expect-error -- must be refused
  rejections: { Full: "SOLD_OUT", Cancelled: "FAULT" },
});

// A forgotten compensation.
// @ts-expect-error -- must be refused
start.step(book, {
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  rejections: { Full: "FULL", Cancelled: "FAULT" },
});

// A wrong input type: a number where a text is asked for.
start.step(book, {
  // @ts-expect-error -- must be refused
  input: ({ price, stops }) => ({ id: price, stops }),
  undo: { because: "it is a test" },
  rejections: { Full: "FULL", Cancelled: "FAULT" },
});

// A forgotten field of the input.
start.step(book, {
  // @ts-expect-error -- must be refused
  input: ({ tripId }) => ({ id: tripId }),
  undo: { because: "it is a test" },
  rejections: { Full: "FULL", Cancelled: "FAULT" },
});

// A pointer to an optional field.
start.step(book, {
  // @ts-expect-error -- must be refused
  input: ({ voucher, stops }) => ({ id: voucher, stops }),
  undo: { because: "it is a test" },
  rejections: { Full: "FULL", Cancelled: "FAULT" },
});

// A pointer into a list.
start.step(book, {
  // @ts-expect-error -- must be refused
  input: ({ stops }) => ({ id: stops[0].city, stops }),
  undo: { because: "it is a test" },
  rejections: { Full: "FULL", Cancelled: "FAULT" },
});

// An undo that looks at its own step's answer.
start.step(book, {
  as: "booking",
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  // @ts-expect-error -- must be refused
  undo: { task: unbook, input: ({ booking }) => ({ id: booking.bookingId }) },
  rejections: { Full: "FULL", Cancelled: "FAULT" },
});

// An undo that can reject.
start.step(book, {
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  // @ts-expect-error -- must be refused
  undo: { task: charge, input: ({ tripId, price }) => ({ id: tripId, price, bookingId: tripId }) },
  rejections: { Full: "FULL", Cancelled: "FAULT" },
});

// An answer under a name that the document has already.
start.step(book, {
  // @ts-expect-error -- must be refused
  as: "price",
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  undo: { because: "it is a test" },
  rejections: { Full: "FULL", Cancelled: "FAULT" },
});

// An answer that was not kept.
start
  .step(book, {
    input: ({ tripId, stops }) => ({ id: tripId, stops }),
    undo: { because: "it is a test" },
    rejections: { Full: "FULL", Cancelled: "FAULT" },
  })
  .pivot()
  // @ts-expect-error -- must be refused
  .step(print, { input: ({ traveller, booking }) => ({ name: traveller.name, bookingId: booking.bookingId }) });

// A task that can reject, after the pivot.
start.pivot().step(
  // @ts-expect-error -- must be refused
  book,
  { input: ({ tripId, stops }: never) => ({ id: tripId, stops }) },
);

// A fence after the first step, and a second fence.
const fenced = start.fence(fence, {
  input: ({ tripId }, { step, code }) => ({ id: tripId, step, code }),
  refusal: "Cancelled",
  verdict: ({ verdict }) => verdict,
  goesBackOn: "BACK",
  endsWellOn: "DONE",
});
// @ts-expect-error -- must be refused
void fenced.fence;

// Right: under a fence its refusal needs no outcome.
const steps = fenced.step(book, {
  as: "booking",
  input: ({ tripId, stops }) => ({ id: tripId, stops }),
  undo: { task: unbook, input: ({ tripId }) => ({ id: tripId }) },
  rejections: { Full: "FULL" },
});

// An undo under a fence that needs the answer of an earlier step, which only another run may have.
steps.step(charge, {
  input: ({ tripId, price, booking }) => ({ id: tripId, price, bookingId: booking.bookingId }),
  // @ts-expect-error -- must be refused
  undo: { task: refund, input: ({ booking }) => ({ id: booking.bookingId }) },
  rejections: { Declined: "FULL" },
});

// A closing task that needs the answer of a step.
// @ts-expect-error -- must be refused
steps.close(refund, { input: ({ booking }) => ({ id: booking.bookingId }) });

// A verdict that the fence never gives.
start.fence(fence, {
  input: ({ tripId }, { step, code }) => ({ id: tripId, step, code }),
  refusal: "Cancelled",
  verdict: ({ verdict }) => verdict,
  goesBackOn: "BACK",
  // @ts-expect-error -- must be refused
  endsWellOn: "FINE",
});

// A fence that takes the codes of another saga.
saga<Trip, "OTHER">("Other", { timeoutSeconds: 60, fault: "OTHER" }).fence(fence, {
  // @ts-expect-error -- must be refused
  input: ({ tripId }, { step, code }) => ({ id: tripId, step, code }),
  refusal: "Cancelled",
  verdict: ({ verdict }) => verdict,
  goesBackOn: "BACK",
  endsWellOn: "DONE",
});

// The ways in which an order can end are known one by one.
const every: Record<OrderOutcome, true> = {
  COMPLETED: true,
  OUT_OF_STOCK: true,
  PAYMENT_DECLINED: true,
  TECHNICAL_FAULT: true,
};
void every;
void placeOrder;
