export function FaultsView() {
  return <p>soon</p>;
}
