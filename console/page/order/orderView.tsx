export function OrderView({ orderId }: { readonly orderId: string }) {
  return <p>{orderId}</p>;
}
