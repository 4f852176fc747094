// The tree over the log and over the records: RFC 6962, 2.1. A leaf is the hash of 0x00 and its
// data, a node that of 0x01 and the two below. Heads are texts of C2SP's tlog-checkpoint.

const ZERO = Uint8Array.of(0);
const ONE = Uint8Array.of(1);

const leafHash = (data) => hashOf(joined(ZERO, data));
const nodeHash = (left, right) => hashOf(joined(ONE, left, right));

// The root over the first `size` leaves (their hashes), for each size that is asked for.
async function rootsOf(leaves, sizes) {
  const found = new Map();
  const wanted = new Set(sizes);
  const peaks = []; // whole subtrees from the left, as [height, hash]
  if (wanted.has(0)) found.set(0, await hashOf(new Uint8Array()));
  for (let at = 0; at < leaves.length; at += 1) {
    let [height, hash] = [0, leaves[at]];
    while (peaks.length && peaks[peaks.length - 1][0] === height) {
      hash = await nodeHash(peaks.pop()[1], hash);
      height += 1;
    }
    peaks.push([height, hash]);
    if (wanted.has(at + 1)) {
      let root = peaks[peaks.length - 1][1];
      for (let peak = peaks.length - 2; peak >= 0; peak -= 1) root = await nodeHash(peaks[peak][1], root);
      found.set(at + 1, root);
    }
  }
  return found;
}

// The root that a proof of inclusion leads to, null where its length does not fit: RFC 9162, 2.1.3.2.
async function rootByInclusion(leaf, index, size, proof) {
  if (index < 0 || index >= size) return null;
  let [node, last, found] = [index, size - 1, leaf];
  const half = (number) => Math.floor(number / 2);
  for (const each of proof) {
    if (last === 0) return null;
    if (node % 2 || node === last) {
      found = await nodeHash(each, found);
      while (node % 2 === 0 && node) [node, last] = [half(node), half(last)];
    } else found = await nodeHash(found, each);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? found : null;
}

// A head of the log: origin, size, root. Null for a text that is none.
function checkpointOf(text) {
  const fits = /^(sha256:[0-9a-f]{64})\n([1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text);
  const root = fits && bytesOfBase64(fits[3]);
  return root && { origin: fits[1], size: Number(fits[2]), root, text, short: `${fits[2]}:${fits[3]}` };
}
