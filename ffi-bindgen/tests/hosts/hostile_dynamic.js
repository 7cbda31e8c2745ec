// Reads rows `verdict read hex comes what` as the package for Node without generated code does. Given are the package's
// folder, the schema as the library carries it, and the rows.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const [folder, schema, rows] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(folder, 'lib', name)));
const { Decoder, cbor } = await load('decode.js');
const { FfiError } = await load('errors.js');
const { read: described_by } = await load('schema.js');

const described = described_by('the schema', cbor('the schema', readFileSync(schema)));
const decoder = new Decoder(described);
const readers = new Map(described.functions.map((fn) => [fn.name, decoder.reader(fn.symbol, fn.returns)]));
readers.set('give_nothing', readers.get('nothing'));

function value(name, bytes) {
    if (name === 'any') {
        return decoder.event('all', null, bytes).payload;
    }
    return name.startsWith('on_') ? decoder.event(name, name, bytes).payload : readers.get(name)(bytes);
}

// The fault, or the value.
function outcome(name, bytes) {
    try {
        const read = value(name, bytes);
        // The entries of a map have no order, whatever holds them.
        return { found: null, read: name.endsWith('map_pair') ? read.map((entry) => JSON.stringify(entry)).sort() : read };
    } catch (error) {
        if (!(error instanceof FfiError) || error.cause instanceof RangeError || error.cause instanceof TypeError) {
            throw error;
        }
        return { found: error.message };
    }
}

// Whether a value is the one that the library's own CBOR is.
function is_plain(name, read, comes) {
    return name === 'any' || isDeepStrictEqual(read, outcome(name.replace('on_', 'give_'), Buffer.from(comes, 'hex')).read);
}

let wrong = 0;
const lines = readFileSync(rows, 'utf8').trimEnd().split('\n');
for (const line of lines) {
    const [verdict, name, digits, comes, ...what] = line.split(' ');
    const { found, read } = outcome(name, digits === '-' ? Buffer.alloc(0) : Buffer.from(digits, 'hex'));
    const place = found?.split('cannot be read: ')[1] ?? '';
    const places = [place, place.replace(/^payload\.?/, '')];
    const is_told = found === null || comes === '-' || places.some((place) => place.startsWith(`${comes}: `));
    if ((found === null) !== (verdict === 'taken') || !is_told || (found === null && !is_plain(name, read, comes))) {
        console.log(`${name}: ${what.join(' ')}: not ${verdict} ${comes.slice(0, 80)}: ${found}: ${digits.slice(0, 80)}`);
        wrong += 1;
    }
}

// Descriptions are read alike.
const twice = Buffer.from('a2617800617800', 'hex');
const bad = [Buffer.alloc(20_000, 0x81), Buffer.alloc(20_000, 0xa1), twice, Buffer.from('9bffffffffffffffff', 'hex')];
for (const bytes of [...bad, Buffer.from('a000', 'hex'), Buffer.from('61ff', 'hex'), Buffer.alloc(0)]) {
    try {
        cbor('the schema', bytes);
        console.log(`a description that is none: ${bytes.subarray(0, 20).toString('hex')}`);
        wrong += 1;
    } catch (error) {
        if (!(error instanceof FfiError) || error.cause instanceof RangeError) {
            throw error;
        }
    }
}

console.log(`${lines.length} rows, ${wrong} wrong`);
process.exitCode = wrong > 0 || lines.length === 0 ? 1 : 0;
