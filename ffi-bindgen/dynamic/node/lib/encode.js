// Requests as CBOR.
//
// - Keys come in the order of their declaration, integers and floats in their shortest form, so what is
//   sent is the same for the same arguments.
// - A value that does not fit its type is told with the function and the way to it.

import { Token, Type } from 'cborg';
import { ArgumentError } from './errors.js';
import { array_of, array_of_bytes, list_of, map_of, set_of, tuple_of } from './gather.js';
import { fault, kind_of } from './place.js';
import { SCALARS } from './scalars.js';
import { held_by } from './schema.js';
import { coded, token } from './tokens.js';

const NULL = new Token(Type.null, null);

// The properties of an object of a variant, unless it holds fields.
const [OF_UNIT, OF_VALUE, OF_TUPLE] = [['type'], ['type', 'value'], ['type', 'values']].map((names) => new Set(names));

/** Makes the requests of one library. */
export class Encoder {
    #types;
    #named = new Map();

    constructor(schema) {
        this.#types = schema.types;
    }

    /** What makes a function's request from its arguments by name. */
    request({ symbol, params }) {
        const convert = this.#members(params);
        return (values) => {
            try {
                return coded(convert(values, [symbol]));
            } catch (fault) {
                if (fault instanceof RangeError) {
                    throw new ArgumentError(`${symbol}: an argument is nested too deeply`);
                }
                throw fault;
            }
        };
    }

    // `beside` names the properties that stand beside the members.
    #members(members, beside = []) {
        const known = members.map((it) => ({ ...it, key: new Token(Type.string, it.name), convert: this.converter(it.type) }));
        const names = new Set([...beside, ...members.map((it) => it.property)]);
        return (value, place) => {
            check_keys(value, names, place);
            const tokens = [new Token(Type.map, known.length)];
            for (const { property, key, convert, is_optional } of known) {
                const inner = [...place, property];
                tokens.push(key, convert(property_of(value, property, is_optional, inner), inner));
            }
            return tokens;
        };
    }

    /** What checks a value of a type, and makes tokens of it. */
    converter(type) {
        if (typeof type === 'string') {
            const { convert } = SCALARS.get(type);
            return (value, place) => convert(value, place, token);
        }
        const [[kind, inner]] = Object.entries(type);
        if (kind === 'named') {
            return this.#of_name(inner);
        }
        const converts = held_by(type).map((held) => this.converter(held));
        const [convert] = converts;
        switch (kind) {
            case 'list':
                return list_of(convert);
            case 'option':
                return (value, place) => (value === undefined || value === null ? NULL : convert(value, place));
            case 'tuple':
                return tuple_of(converts);
            case 'array':
                return inner[0] === 'u8' ? array_of_bytes(inner[1]) : array_of(convert, inner[1]);
            case 'map':
                return map_of(...converts);
            case 'set':
                return set_of(convert);
        }
        return convert;
    }

    #of_name(name) {
        const { fields, variants, data } = this.#types.get(name);
        if (variants !== undefined) {
            return enumeration(name, new Set(variants.map((variant) => variant.name)));
        }
        if (!this.#named.has(name)) {
            // A type may contain itself: it is found here while its fields are looked at.
            let made;
            this.#named.set(name, (value, place) => made(value, place));
            made = data ? data_enum(name, data.map((variant) => [variant.name, this.#variant(variant)])) : this.#members(fields);
        }
        return this.#named.get(name);
    }

    // What makes tokens of an object of this variant.
    #variant({ name, payload, fields }) {
        const key = new Token(Type.string, name);
        const held = this.#held(payload, fields);
        return (value, place) => {
            const tokens = held(value, [...place, name]);
            return tokens === null ? key : [new Token(Type.map, 1), key, tokens];
        };
    }

    // What makes tokens of the properties beside `type`.
    #held(payload, fields) {
        switch (payload) {
            case 'value': {
                const convert = this.converter(fields[0].type);
                return (object, place) => {
                    check_keys(object, OF_VALUE, place);
                    return convert(property_of(object, 'value', fields[0].is_optional, [...place, 'value']), place);
                };
            }
            case 'tuple': {
                const convert = tuple_of(fields.map((field) => this.converter(field.type)));
                return (object, place) => {
                    check_keys(object, OF_TUPLE, place);
                    return convert(property_of(object, 'values', false, [...place, 'values']), place);
                };
            }
            case 'fields':
                return this.#members(fields, ['type']);
        }
        return (object, place) => {
            check_keys(object, OF_UNIT, place);
            return null;
        };
    }
}

function check_keys(value, names, place) {
    if (kind_of(value) !== 'an object') {
        throw fault(place, `expected an object, found ${kind_of(value)}`);
    }
    const unknown = Object.keys(value).find((key) => !names.has(key));
    if (unknown !== undefined) {
        throw fault([...place, unknown], `is not known; known are ${[...names].join(', ') || 'no keys'}`);
    }
}

function property_of(value, property, is_optional, place) {
    const inner = Object.hasOwn(value, property) ? value[property] : undefined;
    if (inner === undefined && !is_optional) {
        throw fault(place, 'is missing');
    }
    return inner;
}

// An object with the variant's name as `type`; of one that holds nothing, the name alone is enough.
function data_enum(name, variants) {
    const known = new Map(variants);
    return (value, place) => {
        const object = typeof value === 'string' ? { type: value } : value;
        if (kind_of(object) !== 'an object') {
            throw fault(place, `expected an object with a type, found ${kind_of(value)}`);
        }
        const type = property_of(object, 'type', false, [...place, 'type']);
        const convert = known.get(type);
        if (convert === undefined) {
            throw fault(place, `${quoted(type)} is no ${name}; there are ${[...known.keys()].sort().join(', ')}`);
        }
        return convert(object, place);
    };
}

function enumeration(name, variants) {
    return (value, place) => {
        if (!variants.has(value)) {
            throw fault(place, `${quoted(value)} is no ${name}; there are ${[...variants].sort().join(', ')}`);
        }
        return new Token(Type.string, value);
    };
}

function quoted(value) {
    return typeof value === 'string' ? `'${value}'` : kind_of(value);
}
