export function OperateView() {
  return <p>soon</p>;
}
