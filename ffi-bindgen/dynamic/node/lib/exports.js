// Functions that take and return scalars directly, called as C would.

import { CallError } from './errors.js';
import { WIDE } from './scalars.js';

const SCALARS = {
    i8: 'int8_t',
    i16: 'int16_t',
    i32: 'int32_t',
    i64: 'int64_t',
    u8: 'uint8_t',
    u16: 'uint16_t',
    u32: 'uint32_t',
    u64: 'uint64_t',
    isize: 'intptr_t',
    usize: 'size_t',
    f32: 'float',
    f64: 'double',
    bool: 'int',
    char: 'uint32_t',
};

/** What calls an export with its arguments by name. */
export function exported(native, encoder, fn) {
    const params = fn.params.map((it) => scalar(it.type));
    const symbol = native.dll.func(fn.symbol, fn.returns === null ? 'void' : scalar(fn.returns), params);
    const check = encoder.request(fn);
    const inward = fn.params.map((it) => [it.name, into(native.schema, it.type)]);
    const outward = out_of(native.schema, fn.returns);
    return (values) => {
        check(values);
        const result = symbol(...inward.map(([name, convert]) => convert(values[name])));
        // A failure gives zero, and so may a success: then the error of this thread decides.
        const [code, text] = Number(result ?? 0) === 0 ? native.last_error() : [0, ''];
        if (text.startsWith(fn.symbol)) {
            native.forget_last_error();
            throw new CallError(fn.symbol, code, text);
        }
        return outward(result);
    };
}

function scalar(type) {
    return typeof type === 'string' ? SCALARS[type] : 'int32_t';
}

function into(schema, type) {
    if (typeof type !== 'string') {
        const { variants } = schema.types.get(type.named);
        return (name) => variants.find((variant) => variant.name === name).value;
    }
    if (type === 'bool') {
        return Number;
    }
    return type === 'char' ? (text) => text.codePointAt(0) : (value) => value;
}

function out_of(schema, type) {
    if (type === null) {
        return () => undefined;
    }
    if (typeof type !== 'string') {
        const { variants } = schema.types.get(type.named);
        return (value) => variants.find((variant) => variant.value === value).name;
    }
    if (type === 'bool') {
        return Boolean;
    }
    if (type === 'char') {
        return (code) => String.fromCodePoint(code);
    }
    return WIDE.has(type) ? BigInt : (value) => value;
}
