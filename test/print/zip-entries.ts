import { inflateRawSync } from 'node:zlib';

/** The files of an archive by their names, read by its directory as any program does. */
export function zipEntries(bytes: Uint8Array): ReadonlyMap<string, string> {
  const buffer = Buffer.from(bytes);
  const end = buffer.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const entries = new Map<string, string>();
  let at = buffer.readUInt32LE(end + 16);
  for (let left = buffer.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => buffer.readUInt16LE(at + offset));
    const name = buffer.toString('utf8', at + 46, at + 46 + nameLength!);
    entries.set(name, contentAt(buffer, buffer.readUInt32LE(at + 42), buffer.readUInt32LE(at + 20)));
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return entries;
}

function contentAt(buffer: Buffer, at: number, size: number): string {
  const begin = at + 30 + buffer.readUInt16LE(at + 26) + buffer.readUInt16LE(at + 28);
  const packed = buffer.subarray(begin, begin + size);
  return (buffer.readUInt16LE(at + 8) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
}
