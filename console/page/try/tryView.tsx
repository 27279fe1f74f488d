export function TryView() {
  return <p>soon</p>;
}
