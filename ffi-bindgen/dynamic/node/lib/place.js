// Values that do not fit, and where they stand in the arguments of a call.

import { ArgumentError } from './errors.js';

/** An error at a place: `my_timer_echo: req.delayMs: is missing`. */
export function fault([symbol, ...steps], text) {
    const path = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return new ArgumentError(path ? `${symbol}: ${path.slice(1)}: ${text}` : `${symbol}: ${text}`);
}

/** A value's kind, as errors say it. */
export function kind_of(value) {
    if (value === null || value === undefined) {
        return String(value);
    }
    if (typeof value !== 'object') {
        return `a ${typeof value}`;
    }
    if (value instanceof Uint8Array) {
        return 'bytes';
    }
    // A map, a date or a promise has no fields, which might all be left out.
    const tag = Object.prototype.toString.call(value).slice(8, -1);
    const is_own = tag !== 'Object' && typeof globalThis[tag] === 'function' && value instanceof globalThis[tag];
    return Array.isArray(value) ? 'an array' : is_own ? `a value of ${tag}` : 'an object';
}
