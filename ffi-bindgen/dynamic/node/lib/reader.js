// A position in the bytes of one message, and what stands there in CBOR (RFC 8949).
//
// - Lists, maps and variants nest 64 levels deep, as in the library's own reader, so no message exhausts the stack.
// - No length is trusted: what is announced must fit into the bytes that are left.
// - Every form of a value is taken in which nothing is lost: indefinite lengths, tags, integers of any size in bytes.

import { Fault, within } from './fault.js';
import { digits, half, integer } from './numbers.js';

/** How deep lists, maps and variants nest. */
const NESTING = 64;

export const [UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, TAG, OTHER] = Array(8).keys();
export const [FALSE, TRUE, NULL, UNDEFINED, BREAK] = [20, 21, 22, 23, 31];

// Tags of integers of any size (RFC 8949, 3.4.3).
const [BIGNUM, NEGATIVE_BIGNUM] = [2, 3];

const TEXTS = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads one value after the other. */
export class Reader {
    #bytes;
    #view;
    #at = 0;
    #depth = 0;
    #limit = NESTING;

    /** Whether values are read to be told from each other: what JavaScript would cut is as fine as it was sent. */
    is_exact = false;

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
        const here = this.#at;
        this.#at = at;
        const value = this.afresh(read);
        this.#at = here;
        return value;
    }

    /** A value that nests as deep as if it stood alone. */
    afresh(read) {
        const depth = this.#depth;
        this.#depth = 0;
        const value = read(this);
        this.#depth = depth;
        return value;
    }

    /** A value that was read from this place, as fine as it was sent. */
    exactly(at, read) {
        const [here, is_exact] = [this.#at, this.is_exact];
        [this.#at, this.is_exact] = [at, true];
        const value = read(this);
        [this.#at, this.is_exact] = [here, is_exact];
        return value;
    }

    /** A value of any type: what is one level may be two there, a variant with what it holds. */
    whatever(read) {
        if (this.#limit > NESTING) {
            return read(this);
        }
        const depth = this.#depth;
        [this.#depth, this.#limit] = [2 * depth, 2 * NESTING];
        const value = read(this);
        [this.#depth, this.#limit] = [depth, NESTING];
        return value;
    }

    /** The place of what is next. */
    get at() {
        return this.#at;
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

    /** The head of what is next, which is not taken: its major type, its additional information and its tag. */
    peek() {
        const start = this.#at;
        const head = this.#head();
        this.#at = start;
        return head;
    }

    // What is next, with the tag right before it.
    #head() {
        let head = this.#any_head();
        let tag = null;
        while (head.major === TAG) {
            tag = head.number;
            head = this.#any_head();
        }
        if (head.major === OTHER && head.info === BREAK) {
            throw new Fault('it is not CBOR');
        }
        return { ...head, is_bignum: head.major === BYTES && (tag === BIGNUM || tag === NEGATIVE_BIGNUM), tag };
    }

    #expect(major, what) {
        const head = this.#head();
        if (head.major !== major) {
            throw new Fault(`expected ${what}`);
        }
        return head.number;
    }

    #piece(size) {
        const start = this.#take(size);
        return this.#bytes.subarray(start, start + size);
    }

    // The bytes of a string, in one piece or several.
    #pieces(major, size) {
        if (size !== null) {
            return [this.#piece(size)];
        }
        const pieces = [];
        for (;;) {
            const head = this.#any_head();
            if (head.major === OTHER && head.info === BREAK) {
                return pieces;
            }
            if (head.major !== major || head.number === null) {
                throw new Fault('it is not CBOR');
            }
            pieces.push(this.#piece(head.number));
        }
    }

    #text(size) {
        const pieces = this.#pieces(TEXT, size);
        try {
            // RFC 8949, 3.2.3: each piece is a text of its own.
            return pieces.map((piece) => TEXTS.decode(piece)).join('');
        } catch {
            throw new Fault('a text is not UTF-8');
        }
    }

    /** Bytes of their own, which may stand in a list of integers. */
    bytes() {
        const start = this.#at;
        const { major, number } = this.#head();
        if (major === BYTES) {
            return new Uint8Array(Buffer.concat(this.#pieces(BYTES, number)));
        }
        if (major !== LIST) {
            throw new Fault('expected bytes');
        }
        this.#at = start;
        // `Uint8Array.from` would ask for every element before it reads the first.
        return Uint8Array.from(Array.from(this.list(), (index) => within(`[${index}]`, () => this.#byte())));
    }

    #byte() {
        const value = this.integer();
        if (value < 0 || value > 255) {
            throw new Fault(`${value} is out of range`);
        }
        return value;
    }

    text() {
        return this.#text(this.#expect(TEXT, 'a text'));
    }

    /** An integer of any size that a float may have: a bigint where a number would not be exact. */
    wide_integer() {
        const { integer } = this.number();
        if (integer === undefined) {
            throw new Fault('expected an integer');
        }
        return integer;
    }

    /** An integer that 64 bits hold, with a sign or without. */
    integer() {
        const integer = this.wide_integer();
        if (integer < -(2n ** 63n) || integer >= 2n ** 64n) {
            throw new Fault('an integer is out of range');
        }
        return integer;
    }

    /** A float, or an integer of as many digits as a float may have. */
    number() {
        const { major, info, number, place, is_bignum, tag } = this.#head();
        if (is_bignum) {
            return { integer: integer(tag === NEGATIVE_BIGNUM, digits(Buffer.concat(this.#pieces(BYTES, number)))) };
        }
        if (major === UNSIGNED || major === NEGATIVE) {
            return { integer: integer(major === NEGATIVE, number) };
        }
        if (major === OTHER && info === 25) {
            return { float: half(number) };
        }
        if (major === OTHER && info === 26) {
            return { float: this.#view.getFloat32(place) };
        }
        if (major === OTHER && info === 27) {
            return { float: this.#view.getFloat64(place) };
        }
        throw new Fault('expected a number');
    }

    bool() {
        const { major, info } = this.#head();
        if (major !== OTHER || (info !== FALSE && info !== TRUE)) {
            throw new Fault('expected true or false');
        }
        return info === TRUE;
    }

    /** Whether null is next, which is taken then; encoders of JavaScript write it as undefined too. */
    null() {
        const start = this.#at;
        const { major, info } = this.#head();
        if (major === OTHER && (info === NULL || info === UNDEFINED)) {
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

    /**
     * Enters a variant, whose name is next; one turn for each: it says whether the name stands alone, else it is a key,
     * of what the variant holds.
     */
    *variant() {
        const start = this.#at;
        const { major, number } = this.#head();
        if (major === MAP) {
            for (const _ of this.#items(number, 2)) {
                yield false;
            }
        } else if (major === TEXT) {
            this.#deeper();
            this.#at = start;
            yield true;
            this.#depth -= 1;
        } else {
            throw new Fault('expected a variant');
        }
    }

    /** A list or a map on the level of the variant that holds it. */
    inside(read) {
        this.#depth -= 1;
        const value = read(this);
        this.#depth += 1;
        return value;
    }

    #deeper() {
        if (this.#depth === this.#limit) {
            throw new Fault('it is nested too deep');
        }
        this.#depth += 1;
    }

    *#items(count, bytes_each) {
        this.#deeper();
        if (count !== null && count > this.#left() / bytes_each) {
            throw new Fault('it ends inside a value');
        }
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
        this.whatever(() => this.#pass());
    }

    #pass() {
        const { major, number } = this.#head();
        if (major === BYTES) {
            this.#pieces(BYTES, number);
        } else if (major === TEXT) {
            this.#text(number);
        } else if (major === LIST || major === MAP) {
            for (const _ of this.#items(number, major === MAP ? 2 : 1)) {
                this.#pass();
                if (major === MAP) {
                    this.#pass();
                }
            }
        }
    }
}
