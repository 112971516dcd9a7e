#!/usr/bin/env python3
"""Check a published Tessera log without any of Tessera's code.

    script/verify-log.py FOLDER KEY [HELD...]

FOLDER holds `checkpoint` and `tile/` as `tessera audit export` writes them. KEY is the log's public
key, `name+id+base64`, as it was given to you. Each HELD is a signed checkpoint you kept earlier: the
log must still contain it. Every entry, every hash tile and every signature is checked.

Exit status 0: all fits. 1: something does not, said on standard error. 2: wrong use.

Needs Python 3.9 and nothing else. Written from RFC 6962 section 2.1, RFC 8032 section 5.1.7 and the
C2SP documents tlog-tiles, tlog-checkpoint and signed-note.
"""

import base64
import hashlib
import pathlib
import sys

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)


class Wrong(Exception):
    """What does not fit."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Ed25519: points in extended coordinates (X, Y, Z, T).

def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % PRIME
    b = (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c = 2 * p[3] * q[3] * CURVE_D % PRIME
    d = 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def times(factor, point):
    result = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = add(result, point)
        point = add(point, point)
        factor >>= 1
    return result


def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = PRIME - x
    return (x, y, 1, x * y % PRIME)


BASE = decompress((4 * pow(5, -1, PRIME) % PRIME).to_bytes(32, "little"))


def signature_fits(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = decompress(public), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left, right = times(s, BASE), add(commitment, times(challenge, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % PRIME == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % PRIME == 0


def open_checkpoint(path, key):
    """The size and root a signed note states; the log's signature must be on it."""
    name, key_id, encoded = key.split("+", 2)
    material = base64.b64decode(encoded, validate=True)
    expected_id = sha256(name.encode(), b"\n", material)[:4]
    if material[:1] != b"\x01" or expected_id.hex() != key_id:
        raise Wrong("the key is malformed")
    try:
        text, signatures = path.read_bytes().decode().rsplit("\n\n", 1)
    except ValueError:
        raise Wrong(f"{path.name} is not a signed note") from None
    signed = (text + "\n").encode()
    for line in signatures.splitlines():
        parts = line.split(" ")
        if parts[:2] != ["\u2014", name]:
            continue
        raw = base64.b64decode(parts[2], validate=True)
        if raw[:4] == expected_id and signature_fits(material[1:], signed, raw[4:]):
            break
    else:
        raise Wrong(f"{path.name} carries no valid signature of {name}")
    lines = text.split("\n")
    if len(lines) != 3 or lines[0] != name or str(int(lines[1])) != lines[1]:
        raise Wrong(f"{path.name} is not a checkpoint of {name}")
    return int(lines[1]), base64.b64decode(lines[2], validate=True)


def root_of(edge):
    """The root over complete subtrees (height, hash), largest first."""
    if not edge:
        return sha256()
    root = edge[-1][1]
    for _, left in reversed(edge[:-1]):
        root = sha256(b"\x01", left, root)
    return root


def tile(folder, kind, number, width):
    path = f"{number % 1000:03}"
    while number >= 1000:
        number //= 1000
        path = f"x{number % 1000:03}/{path}"
    path = folder / "tile" / str(kind) / (path if width == 256 else f"{path}.p/{width}")
    if not path.is_file():
        raise Wrong(f"{path.relative_to(folder)} is missing")
    return path.read_bytes()


def tiles(folder, kind, count):
    for number in range((count + 255) // 256):
        yield number, tile(folder, kind, number, min(256, count - number * 256))


def entries_of(folder, size):
    for number, bundle in tiles(folder, "entries", size):
        place = 0
        for entry in range(number * 256, min(size, number * 256 + 256)):
            end = place + 2 + int.from_bytes(bundle[place : place + 2], "big")
            if end > len(bundle) or place + 2 > len(bundle):
                raise Wrong(f"entry {entry} is cut short")
            yield bundle[place + 2 : end]
            place = end
        if place != len(bundle):
            raise Wrong(f"entry bundle {number} has bytes left over")


def hash_tiles(folder, size):
    """The published hashes of each tile level: {level: [hash, ...]}."""
    published, level = {}, 0
    while size >> (8 * level):
        data = b"".join(data for _, data in tiles(folder, level, size >> (8 * level)))
        if len(data) != 32 * (size >> (8 * level)):
            raise Wrong(f"the hash tiles of level {level} have a wrong length")
        published[level] = [data[i : i + 32] for i in range(0, len(data), 32)]
        level += 1
    return published


def verify(folder, key, held):
    size, root = open_checkpoint(folder / "checkpoint", key)
    promised = [open_checkpoint(path, key) for path in held] + [(size, root)]
    published = hash_tiles(folder, size)
    edge, count = [], 0

    def meet_promises():
        for promised_size, promised_root in promised:
            if promised_size == count and promised_root != root_of(edge):
                raise Wrong(f"the log does not lead to the checkpoint at {count}")

    meet_promises()
    for entry in entries_of(folder, size):
        height, node = 0, sha256(b"\x00", entry)
        while True:
            here = published.get(height // 8, []) if height % 8 == 0 else None
            if here is not None and here[count >> height] != node:
                raise Wrong(f"entry {count} differs from the hash kept for it")
            if not edge or edge[-1][0] != height:
                break
            node = sha256(b"\x01", edge.pop()[1], node)
            height += 1
        edge.append((height, node))
        count += 1
        meet_promises()
    if max(promised)[0] > size:
        raise Wrong(f"the log has {size} entries but {max(promised)[0]} were signed")
    return size, root


def main(arguments):
    if len(arguments) < 2:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    folder, key, *held = arguments
    try:
        size, root = verify(pathlib.Path(folder), key, [pathlib.Path(path) for path in held])
    except (Wrong, OSError, ValueError) as error:
        print(f"the log does not verify: {error}", file=sys.stderr)
        return 1
    print(f"{size} entries verified, root {base64.b64encode(root).decode()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
