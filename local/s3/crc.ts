/** CRC-32C (Castagnoli), reflected: https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4 */
const CASTAGNOLI = 0x82f63b78;

/** CRC-64/NVME, reflected, in two halves: https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-64-nvme */
const NVME = { high: 0x9a6c9329, low: 0xac4bc9b5 } as const;

const TABLE_32 = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? CASTAGNOLI : 0);
  return crc;
});

const TABLE_64 = tableOf64();

/** The CRC-32C of some bytes, as an unsigned number. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE_32[(crc ^ byte) & 0xff] as number);
  return ~crc >>> 0;
}

/** The CRC-64/NVME of some bytes: eight bytes, big-endian. Two 32-bit halves, because BigInt is 50 times as slow. */
export function crc64Nvme(bytes: Uint8Array): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (TABLE_64.low[index] as number);
    high = (high >>> 8) ^ (TABLE_64.high[index] as number);
  }
  const crc = Buffer.alloc(8);
  crc.writeUInt32BE(~high >>> 0, 0);
  crc.writeUInt32BE(~low >>> 0, 4);
  return crc;
}

function tableOf64(): { readonly high: Uint32Array; readonly low: Uint32Array } {
  const table = { high: new Uint32Array(256), low: new Uint32Array(256) };
  for (let index = 0; index < 256; index++) {
    let high = 0;
    let low = index;
    for (let bit = 0; bit < 8; bit++) {
      const odd = (low & 1) === 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        low ^= NVME.low;
        high ^= NVME.high;
      }
    }
    table.high[index] = high;
    table.low[index] = low;
  }
  return table;
}
