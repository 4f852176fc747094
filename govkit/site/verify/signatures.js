// SSH signatures (SSHSIG, OpenSSH's PROTOCOL.sshsig), read as strictly as the command reads them,
// and proved by the browser's own cryptography.

const BEGIN = "-----BEGIN SSH SIGNATURE-----";
const END = "-----END SSH SIGNATURE-----";
const KEY_KINDS = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ssh-rsa",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
];

// Thrown where the browser lacks a kind of key: then nobody can say here whether it holds.
class Unable extends Refusal {}

const ascii = (bytes) => signsOf(bytes);

// The fields of SSH's form: four bytes of length, then the bytes. Null where it does not fit.
function fieldsOf(bytes) {
  const found = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes.length - at < 4) return null;
    const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
    if (length > bytes.length - at - 4) return null;
    found.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
}

function inFields(...parts) {
  return joined(
    ...parts.flatMap((part) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, part.length);
      return [length, part];
    }),
  );
}

// A positive number in its shortest form, without the zero that keeps it positive; else null.
function positive(field) {
  if (!field.length || field[0] & 0x80 || (field[0] === 0 && !(field[1] & 0x80))) return null;
  const bare = field[0] === 0 ? field.subarray(1) : field;
  return bare.length ? bare : null;
}

const bitsOf = (number) => number.length * 8 - Math.clz32(number[0]) + 24;

// A public key in the form of SSH: its kind and its fields; null for one that is not taken.
function publicKey(text) {
  const [kind, blob] = text.trim().split(/\s+/);
  const bytes = KEY_KINDS.includes(kind) && blob ? bytesOfBase64(blob) : null;
  const fields = bytes && fieldsOf(bytes);
  if (!fields || !fields.length || ascii(fields[0]) !== kind) return null;
  const own = fields.slice(1);
  if (kind.startsWith("sk-") && !/^ssh:[\x21-\x7e]{0,200}$/.test(ascii(own.pop() || new Uint8Array()))) return null;
  if (!isSound(kind, own)) return null;
  return { kind, fields: own, blob: bytes, text: `${kind} ${blob}` };
}

function isSound(kind, fields) {
  if (kind.includes("ed25519")) return fields.length === 1 && fields[0].length === 32;
  if (kind.includes("ecdsa")) {
    return fields.length === 2 && ascii(fields[0]) === "nistp256" && fields[1].length === 65 && fields[1][0] === 4;
  }
  if (fields.length !== 2) return false;
  const [exponent, modulus] = fields.map(positive);
  if (!exponent || !modulus || bitsOf(exponent) > 64) return false;
  return bitsOf(modulus) >= 3072 && bitsOf(modulus) <= 8192 && (modulus[modulus.length - 1] & 1) === 1;
}

// A signature as records hold it, in the armour that it was made in.
function armour(signature) {
  const body = signature.replace(/\s+/g, "");
  if (body.startsWith("-----")) return signature;
  return `${[BEGIN, ...(body.match(/.{1,70}/g) || []), END].join("\n")}\n`;
}

function unarmoured(text) {
  if (text.length > 16384 || text.includes("\r")) return null;
  const lines = text.replace(/\n$/, "").split("\n");
  if (lines[0] !== BEGIN || lines[lines.length - 1] !== END || lines.length < 3) return null;
  const body = lines.slice(1, -1);
  const width = body[0].length;
  const last = body[body.length - 1].length;
  if (width > 76 || !last || last > width || body.slice(0, -1).some((line) => line.length !== width)) return null;
  return bytesOfBase64(body.join(""));
}

// What a signature of sound form says about itself; null for all others. Nothing is proved yet.
function signatureOf(text) {
  const blob = unarmoured(text);
  if (!blob || ascii(blob.subarray(0, 6)) !== "SSHSIG") return null;
  if (hex(blob.subarray(6, 10)) !== "00000001") return null;
  const fields = fieldsOf(blob.subarray(10));
  if (!fields || fields.length !== 5 || fields[2].length) return null;
  const [key, namespace, , hash, made] = fields;
  if (!/^[\x21-\x7e]{1,200}$/.test(ascii(namespace)) || !["sha256", "sha512"].includes(ascii(hash))) return null;
  const first = (fieldsOf(key) || [])[0];
  const known = first && publicKey(`${ascii(first)} ${base64Of(key)}`);
  if (!known) return null;
  const found = { key: known, namespace: ascii(namespace), hash: ascii(hash), token: null };
  let inner = made;
  if (known.kind.startsWith("sk-")) {
    if (made.length < 5 || !(made[made.length - 5] & 1)) return null;
    found.token = made.subarray(made.length - 5);
    inner = made.subarray(0, made.length - 5);
  }
  const own = fieldsOf(inner);
  if (!own || own.length !== 2) return null;
  found.algorithm = ascii(own[0]);
  const taken = known.kind === "ssh-rsa" ? ["rsa-sha2-256", "rsa-sha2-512"] : [known.kind];
  if (!taken.includes(found.algorithm)) return null;
  found.made = known.kind.includes("ecdsa") ? pairOf(own[1]) : own[1];
  return found.made && found;
}

// The two numbers of ECDSA, each of 32 bytes, as WebCrypto takes them.
function pairOf(raw) {
  const numbers = (fieldsOf(raw) || []).map(positive);
  if (numbers.length !== 2 || numbers.some((each) => !each || each.length > 32)) return null;
  return joined(...numbers.map((each) => joined(new Uint8Array(32 - each.length), each)));
}

const base64url = (bytes) => base64Of(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function loadedKey(signature) {
  const { kind, fields } = signature.key;
  const subtle = cryptography();
  if (kind.includes("ed25519")) {
    try {
      return [await subtle.importKey("raw", fields[0], "Ed25519", false, ["verify"]), "Ed25519"];
    } catch (error) {
      if (error.name !== "NotSupportedError" && error.name !== "SyntaxError") return null;
      throw new Unable(
        say("this-browser-does-not-know-ed25519"),
        say("take-a-newer-browser-or-the"),
      );
    }
  }
  if (kind.includes("ecdsa")) {
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    try {
      return [await subtle.importKey("raw", fields[1], curve, false, ["verify"]), { name: "ECDSA", hash: "SHA-256" }];
    } catch {
      return null; // a point that is not on the curve
    }
  }
  const hash = signature.algorithm === "rsa-sha2-256" ? "SHA-256" : "SHA-512";
  const [e, n] = fields.map((field) => base64url(positive(field)));
  const scheme = { name: "RSASSA-PKCS1-v1_5", hash };
  return [await subtle.importKey("jwk", { kty: "RSA", e, n }, scheme, false, ["verify"]), scheme.name];
}

async function isProved(data, signature) {
  const digest = await hashOf(data, signature.hash === "sha256" ? "SHA-256" : "SHA-512");
  let said = joined(
    utf8Of("SSHSIG"),
    inFields(utf8Of(signature.namespace), new Uint8Array(), utf8Of(signature.hash), digest),
  );
  if (signature.token) {
    // A token signs digests in place of the words, with its own say between them.
    const application = fieldsOf(signature.key.blob).pop();
    said = joined(await hashOf(application), signature.token, await hashOf(said));
  }
  const loaded = await loadedKey(signature);
  return loaded !== null && cryptography().verify(loaded[1], loaded[0], signature.made, said);
}

// Whether one of these public keys (as texts) made this signature of the data for this purpose.
async function isSignedBy(data, text, keys, purpose) {
  const signature = signatureOf(text);
  if (!signature || signature.namespace !== purpose) return false;
  const own = keys.some((key) => key.trim().split(/\s+/).slice(0, 2).join(" ") === signature.key.text);
  return own && isProved(data, signature);
}
