/** A product as the Inventory table keeps it. */
export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly priceMinor: number;
  /** Units that can still be sold; never negative. */
  readonly stock: number;
  readonly category: string;
}

/** What a new shop sells, in the stack's currency. */
export const SEED_CATALOGUE: readonly Product[] = [
  { productId: "PROD-001", name: "Wireless Mouse", priceMinor: 2_999, stock: 500, category: "Electronics" },
  { productId: "PROD-002", name: "Mechanical Keyboard", priceMinor: 8_999, stock: 300, category: "Electronics" },
  { productId: "PROD-003", name: "USB-C Hub", priceMinor: 4_999, stock: 200, category: "Electronics" },
  { productId: "PROD-004", name: "Laptop Stand", priceMinor: 3_999, stock: 150, category: "Accessories" },
  { productId: "PROD-005", name: "Noise-Cancelling Headphones", priceMinor: 19_999, stock: 100, category: "Audio" },
  { productId: "PROD-006", name: "Webcam HD 1080p", priceMinor: 5_999, stock: 250, category: "Electronics" },
  { productId: "PROD-007", name: "Monitor Arm", priceMinor: 4_499, stock: 120, category: "Accessories" },
  { productId: "PROD-008", name: "Desk Pad XL", priceMinor: 2_499, stock: 400, category: "Accessories" },
  { productId: "PROD-009", name: "Portable SSD 1TB", priceMinor: 10_999, stock: 80, category: "Storage" },
  { productId: "PROD-010", name: "Bluetooth Speaker", priceMinor: 3_499, stock: 350, category: "Audio" },
  { productId: "PROD-011", name: "Limited Edition Turntable", priceMinor: 34_900, stock: 0, category: "Audio" },
];
