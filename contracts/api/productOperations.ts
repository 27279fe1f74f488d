import { PRODUCT_EXAMPLE } from "./examples";
import type { Operation } from "./operation";
import { CORRELATION_ID, PAGE } from "./parameters";

/** GET /products */
export const listProducts: Operation = {
  method: "GET",
  path: "/products",
  tag: "Products",
  summary: "List what is sold",
  description:
    "The catalogue, page by page, in no particular order. A product that is there throughout is shown once, whatever " +
    "comes and goes meanwhile. Parameters that are not known here are refused.",
  parameters: [...PAGE, CORRELATION_ID],
  answers: {
    200: {
      description: "A page.",
      schema: "ProductList",
      headers: ["Cache-Control"],
      example: { products: [PRODUCT_EXAMPLE] },
    },
  },
  problems: ["invalid-request", "internal-fault", "unavailable"],
  access: "tenant",
};

/** GET /products/{productId} */
export const getProduct: Operation = {
  method: "GET",
  path: "/products/{productId}",
  tag: "Products",
  summary: "Look at a product",
  description: "Its name, its price, and whether it is in stock, as they were seconds ago at most.",
  parameters: [
    {
      name: "productId",
      in: "path",
      required: true,
      description: "As the catalogue names it, percent-encoded where a path needs it.",
      schema: { type: "string", minLength: 1, maxLength: 64 },
      example: "PROD-001",
    },
    CORRELATION_ID,
  ],
  answers: {
    200: {
      description: "The product.",
      schema: "ProductView",
      headers: ["Cache-Control"],
      example: PRODUCT_EXAMPLE,
    },
  },
  problems: ["product-not-found", "internal-fault", "unavailable"],
  access: "tenant",
};
