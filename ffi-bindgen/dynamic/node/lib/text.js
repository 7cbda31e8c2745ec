// Signatures and documentation, made from the schema.

import { SCALARS } from './scalars.js';
import { failure_of, held_by, is_keyed } from './schema.js';

/** A type as TypeScript writes it. */
export function type_text(types, type) {
    if (type === null) {
        return 'void';
    }
    if (typeof type === 'string') {
        return SCALARS.get(type).text;
    }
    const [[kind, inner]] = Object.entries(type);
    if (kind === 'named') {
        return inner;
    }
    const held = held_by(type).map((it) => type_text(types, it));
    const [text] = held;
    switch (kind) {
        case 'list':
            return listed(text);
        case 'option':
            return `${text} | null`;
        case 'tuple':
            return `[${held.join(', ')}]`;
        case 'array':
            return `${inner[0] === 'u8' ? 'Uint8Array' : listed(text)} /* ${inner[1]} */`;
        case 'map':
            return is_keyed(types, type) ? `Map<${held.join(', ')}>` : `[${held.join(', ')}][]`;
        case 'set':
            return is_keyed(types, type) ? `Set<${text}>` : listed(text);
    }
    return text;
}

function listed(text) {
    return /( \| null|\*\/)$/.test(text) ? `(${text})[]` : `${text}[]`;
}

/** A function's signature. */
export function signature(types, fn, returns) {
    const params = fn.params.map((it) => `${it.name}${it.is_optional ? '?' : ''}: ${type_text(types, it.type)}`);
    return `${fn.name}(${params.join(', ')}): ${returns}`;
}

/** A function's documentation. */
export function function_text(schema, fn, shown) {
    const error = fn.error === null ? null : failure_of(schema.types, fn.error);
    const types = types_text(schema, [...fn.params.map((it) => it.type), fn.returns, error]);
    const fails = error === null ? '' : `Fails with: ${type_text(schema.types, error)}`;
    return [shown, fn.docs, fn.params.map((it) => member(schema.types, it)).join('\n'), fails, types].filter(Boolean).join('\n\n');
}

/** An event's documentation. */
export function event_text(schema, event) {
    const shown = `${event.name}: ${type_text(schema.types, event.payload)}`;
    return [shown, event.docs, types_text(schema, [event.payload])].filter(Boolean).join('\n\n');
}

/** What a library or a context offers: a line for each function. */
export function overview(docs, shown) {
    return [docs, shown.join('\n')].filter(Boolean).join('\n\n');
}

function types_text(schema, types) {
    const names = new Set();
    types.forEach((type) => mentioned(schema, type, names));
    return [...names].map((name) => named(schema.types, name)).join('\n\n');
}

function mentioned(schema, type, names) {
    // However many types hold each other, no stack is exhausted.
    const left = [type];
    while (left.length > 0) {
        const found = left.pop();
        if (found === null || typeof found === 'string') {
            continue;
        }
        const { named } = found;
        if (named === undefined) {
            left.push(...held_by(found).reverse());
        } else if (!names.has(named)) {
            names.add(named);
            left.push(...schema.types.get(named).fields.map((field) => field.type).reverse());
        }
    }
}

function named(types, name) {
    const { fields, variants, data } = types.get(name);
    const [head, lines] = variants
        ? [`${name}, one of these texts:`, variants.map((it) => line(`'${it.name}'`, it.docs))]
        : data
          ? [`${name}, one of these objects:`, data.flatMap((it) => variant(types, it))]
          : [`${name}, an object:`, fields.map((it) => member(types, it))];
    return [head, ...lines.map((it) => `    ${it}`)].join('\n');
}

/** A variant of an enum with data as an object, then those of its fields that have documentation. */
function variant(types, { name, docs, payload, fields }) {
    const texts = fields.map(({ type }) => type_text(types, type));
    const held = {
        unit: () => [],
        value: () => [`value${fields[0].is_optional ? '?' : ''}: ${texts[0]}`],
        tuple: () => [`values: [${texts.join(', ')}]`],
        fields: () => fields.map((field) => member(types, { ...field, docs: '' })),
    };
    const shown = `{ ${[`type: '${name}'`, ...held[payload]()].join(', ')} }`;
    return [line(shown, docs), ...fields.filter((field) => field.docs).map((field) => `    ${member(types, field)}`)];
}

function member(types, { property, type, docs, is_optional }) {
    return line(`${property}${is_optional ? '?' : ''}: ${type_text(types, type)}`, docs);
}

function line(head, docs) {
    return docs ? `${head}  // ${docs.split(/\s+/).join(' ')}` : head;
}
