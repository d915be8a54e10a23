/** 1 January 1980, the earliest that ZIP can say: it stands for "no time told". */
const DOS_DATE = 0x0021;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;

/**
 * An archive whose entries do not tell when it was packed, so that the same content gives the same bytes.
 * @param bytes a ZIP without a comment at its end; changed in place
 * @throws Error if it is none
 */
export function withoutPackingTimes(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.byteLength - END_SIZE;
  if (end < 0 || view.getUint32(end, true) !== END) throw new Error('an archive ends with its directory');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) at = withoutTime(view, at);
  return bytes;
}

/** Clears the time of one entry, in the directory and before its content; gives where the next one begins. */
function withoutTime(view: DataView, at: number): number {
  if (view.getUint32(at, true) !== ENTRY) throw new Error(`no entry of the archive begins at ${at}`);
  const content = view.getUint32(at + 42, true);
  for (const time of [at + 12, content + 10]) {
    view.setUint16(time, 0, true);
    view.setUint16(time + 2, DOS_DATE, true);
  }
  const texts = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
  return at + ENTRY_SIZE + texts.reduce((sum, length) => sum + length, 0);
}
