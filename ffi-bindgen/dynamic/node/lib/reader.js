// A position in the bytes of one message, and what stands there in CBOR (RFC 8949).
//
// - Lists and maps nest 64 levels deep, as in the library's own reader, so no message exhausts the stack.
// - No length is trusted: what is announced must fit into the bytes that are left.

/** How deep lists and maps nest. */
const NESTING = 64;

const [UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, TAG, OTHER] = Array(8).keys();
const [FALSE, TRUE, NULL, BREAK] = [20, 21, 22, 31];

const TEXTS = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What is wrong with a message, and where in it. */
export class Fault extends Error {
    #what;
    #path = '';

    constructor(what) {
        super(what);
        this.#what = what;
    }

    /** The fault, seen from the record or list in which the value stands. */
    at(step) {
        const dot = this.#path === '' || this.#path.startsWith('[') ? '' : '.';
        this.#path = `${step}${dot}${this.#path}`;
        this.message = `${this.#path}: ${this.#what}`;
        return this;
    }
}

/** Tells a fault from where the value stands. */
export function within(step, read) {
    try {
        return read();
    } catch (fault) {
        throw fault instanceof Fault ? fault.at(step) : fault;
    }
}

/** Reads one value after the other. */
export class Reader {
    #bytes;
    #view;
    #at = 0;
    #depth = 0;

    constructor(bytes) {
        // Of a Buffer, a slice would be no copy.
        this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }

    /** The one value that the bytes are. */
    whole(read) {
        const value = read(this);
        if (this.#left() > 0) {
            throw new Fault('bytes follow the value');
        }
        return value;
    }

    /** A value that stands at a place of its own, and nests as deep as if it stood alone. */
    elsewhere(at, read) {
        const [here, depth] = [this.#at, this.#depth];
        [this.#at, this.#depth] = [at, 0];
        const value = read(this);
        [this.#at, this.#depth] = [here, depth];
        return value;
    }

    /** Takes one value, whatever it is and however deep its map is; gives its place. */
    place() {
        const [start, depth] = [this.#at, this.#depth];
        this.#depth = 0;
        this.skip();
        this.#depth = depth;
        return start;
    }

    #left() {
        return this.#bytes.length - this.#at;
    }

    // The place of so many bytes, which are taken.
    #take(size) {
        if (size > this.#left()) {
            throw new Fault('it ends inside a value');
        }
        const start = this.#at;
        this.#at += size;
        return start;
    }

    #any_head() {
        const first = this.#bytes[this.#take(1)];
        const [major, info] = [first >> 5, first & 31];
        if (info < 24) {
            return { major, info, number: info };
        }
        if (info === BREAK && major !== UNSIGNED && major !== NEGATIVE && major !== TAG) {
            return { major, info, number: null };
        }
        if (info > 27) {
            throw new Fault('it is not CBOR');
        }
        const place = this.#take(1 << (info - 24));
        const number = this.#number(place, info);
        // RFC 8949, 3.3: a simple value below 32 has one form, of one byte.
        if (major === OTHER && info === 24 && number < 32) {
            throw new Fault('it is not CBOR');
        }
        return { major, info, number, place };
    }

    // Of 64 bits, a bigint where a number would not be exact.
    #number(place, info) {
        if (info === 24) {
            return this.#view.getUint8(place);
        }
        if (info === 25) {
            return this.#view.getUint16(place);
        }
        if (info === 26) {
            return this.#view.getUint32(place);
        }
        const wide = this.#view.getBigUint64(place);
        return wide <= Number.MAX_SAFE_INTEGER ? Number(wide) : wide;
    }

    #head() {
        let head = this.#any_head();
        while (head.major === TAG) {
            head = this.#any_head();
        }
        if (head.major === OTHER && head.info === BREAK) {
            throw new Fault('it is not CBOR');
        }
        return head;
    }

    #expect(major, what) {
        const head = this.#head();
        if (head.major !== major) {
            throw new Fault(`expected ${what}`);
        }
        return head.number;
    }

    // Bytes of their own, in one piece or several.
    #string(major, size) {
        if (size !== null) {
            const start = this.#take(size);
            return this.#bytes.slice(start, start + size);
        }
        const pieces = [];
        for (;;) {
            const head = this.#any_head();
            if (head.major === OTHER && head.info === BREAK) {
                return new Uint8Array(Buffer.concat(pieces));
            }
            if (head.major !== major || head.number === null) {
                throw new Fault('it is not CBOR');
            }
            const start = this.#take(head.number);
            pieces.push(this.#bytes.subarray(start, start + head.number));
        }
    }

    #text(size) {
        try {
            return TEXTS.decode(this.#string(TEXT, size));
        } catch (fault) {
            throw fault instanceof Fault ? fault : new Fault('a text is not UTF-8');
        }
    }

    bytes() {
        return this.#string(BYTES, this.#expect(BYTES, 'bytes'));
    }

    text() {
        return this.#text(this.#expect(TEXT, 'a text'));
    }

    /** An integer: a bigint where a number would not be exact. */
    integer() {
        const { major, number } = this.#head();
        if (major > NEGATIVE) {
            throw new Fault('expected an integer');
        }
        if (major === UNSIGNED) {
            return number;
        }
        const exact = -1n - BigInt(number);
        return exact >= Number.MIN_SAFE_INTEGER ? Number(exact) : exact;
    }

    float() {
        const { major, info, number, place } = this.#head();
        if (major === OTHER && info === 25) {
            return half(number);
        }
        if (major === OTHER && info === 26) {
            return this.#view.getFloat32(place);
        }
        if (major === OTHER && info === 27) {
            return this.#view.getFloat64(place);
        }
        throw new Fault('expected a float');
    }

    bool() {
        const { major, info } = this.#head();
        if (major !== OTHER || (info !== FALSE && info !== TRUE)) {
            throw new Fault('expected true or false');
        }
        return info === TRUE;
    }

    /** Whether null is next, which is taken then. */
    null() {
        const start = this.#at;
        const { major, info } = this.#head();
        if (major === OTHER && info === NULL) {
            return true;
        }
        this.#at = start;
        return false;
    }

    /** Enters a list; one turn for each element. */
    list() {
        return this.#items(this.#expect(LIST, 'a list'), 1);
    }

    /** Enters a map; one turn for each entry. */
    map() {
        return this.#items(this.#expect(MAP, 'a map'), 2);
    }

    *#items(count, bytes_each) {
        if (this.#depth === NESTING) {
            throw new Fault('it is nested too deep');
        }
        if (count !== null && count > this.#left() / bytes_each) {
            throw new Fault('it ends inside a value');
        }
        this.#depth += 1;
        for (let index = 0; index !== count && !(count === null && this.#at_break()); index++) {
            yield index;
        }
        this.#depth -= 1;
    }

    #at_break() {
        const is_break = this.#bytes[this.#at] === 0xff;
        this.#at += is_break ? 1 : 0;
        return is_break;
    }

    /** A map's key; null where it is no text, and skipped. */
    key() {
        const start = this.#at;
        const { major, number } = this.#head();
        if (major === TEXT) {
            return this.#text(number);
        }
        this.#at = start;
        this.skip();
        return null;
    }

    /** Takes one value, whatever it is. */
    skip() {
        const { major, number } = this.#head();
        if (major === BYTES || major === TEXT) {
            this.#string(major, number);
        } else if (major === LIST || major === MAP) {
            for (const _ of this.#items(number, major === MAP ? 2 : 1)) {
                this.skip();
                if (major === MAP) {
                    this.skip();
                }
            }
        }
    }

    /** One value, whatever it is: of a map, the entries whose keys are texts. */
    any() {
        const start = this.#at;
        const { major, info } = this.#head();
        this.#at = start;
        switch (major) {
            case UNSIGNED:
            case NEGATIVE:
                return this.integer();
            case BYTES:
                return this.bytes();
            case TEXT:
                return this.text();
            case LIST:
                return Array.from(this.list(), () => this.any());
            case MAP:
                return this.#any_map();
        }
        if (info >= 25) {
            return this.float();
        }
        this.skip();
        return info === FALSE ? false : info === TRUE ? true : info === NULL ? null : undefined;
    }

    #any_map() {
        const found = new Map();
        for (const _ of this.map()) {
            const key = this.key();
            if (key === null) {
                this.skip();
            } else if (found.has(key)) {
                throw new Fault('stands twice').at(key);
            } else {
                found.set(key, this.any());
            }
        }
        return Object.fromEntries(found);
    }
}

/** The number that 16 bits hold. */
function half(bits) {
    const [exponent, mantissa] = [(bits >> 10) & 0x1f, bits & 0x3ff];
    const sign = bits >> 15 ? -1 : 1;
    if (exponent === 0x1f) {
        return mantissa === 0 ? sign * Infinity : NaN;
    }
    return sign * (exponent === 0 ? mantissa * 2 ** -24 : (mantissa + 1024) * 2 ** (exponent - 25));
}
