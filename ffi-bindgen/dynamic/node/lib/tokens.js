// Tokens of CBOR, of which a value is made before it is written.

import { encode, Token, Type } from 'cborg';

// What is encoded are tokens already.
const OPTIONS = { typeEncoders: { Array: (tokens) => tokens } };

export function token(type, value) {
    return new Token(Type[type], value);
}

/** The bytes of tokens. */
export function coded(tokens) {
    return encode([tokens], OPTIONS);
}
