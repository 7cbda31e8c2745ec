// Signatures and documentation, made from the schema.

import { SCALARS } from './scalars.js';
import { failure_of } from './schema.js';

/** A type as TypeScript writes it. */
export function type_text(type) {
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
    const text = type_text(inner);
    if (kind === 'list') {
        return text.includes(' ') ? `(${text})[]` : `${text}[]`;
    }
    return kind === 'option' ? `${text} | null` : text;
}

/** A function's signature. */
export function signature(fn, returns) {
    const params = fn.params.map((it) => `${it.name}${it.is_optional ? '?' : ''}: ${type_text(it.type)}`);
    return `${fn.name}(${params.join(', ')}): ${returns}`;
}

/** A function's documentation. */
export function function_text(schema, fn, shown) {
    const error = fn.error === null ? null : failure_of(schema.types, fn.error);
    const types = types_text(schema, [...fn.params.map((it) => it.type), fn.returns, error]);
    const fails = error === null ? '' : `Fails with: ${type_text(error)}`;
    return [shown, fn.docs, fn.params.map(member).join('\n'), fails, types].filter(Boolean).join('\n\n');
}

/** An event's documentation. */
export function event_text(schema, event) {
    const shown = `${event.name}: ${type_text(event.payload)}`;
    return [shown, event.docs, types_text(schema, [event.payload])].filter(Boolean).join('\n\n');
}

/** What a library or a context offers: a line for each function. */
export function overview(docs, shown) {
    return [docs, shown.join('\n')].filter(Boolean).join('\n\n');
}

function types_text(schema, types) {
    const names = new Set();
    types.forEach((type) => mentioned(schema, type, names));
    return [...names].map((name) => named(name, schema.types.get(name))).join('\n\n');
}

function mentioned(schema, type, names) {
    // However many types hold each other, no stack is exhausted.
    const left = [type];
    while (left.length > 0) {
        const found = left.pop();
        if (found === null || typeof found === 'string') {
            continue;
        }
        const [[kind, inner]] = Object.entries(found);
        if (kind !== 'named') {
            left.push(inner);
        } else if (!names.has(inner)) {
            names.add(inner);
            left.push(...schema.types.get(inner).fields.map((field) => field.type).reverse());
        }
    }
}

function named(name, { fields, variants, data }) {
    const [head, lines] = variants
        ? [`${name}, one of these texts:`, variants.map((it) => line(`'${it.name}'`, it.docs))]
        : data
          ? [`${name}, one of these objects:`, data.flatMap(variant)]
          : [`${name}, an object:`, fields.map(member)];
    return [head, ...lines.map((it) => `    ${it}`)].join('\n');
}

/** A variant of an enum with data as an object, then those of its fields that have documentation. */
function variant({ name, docs, payload, fields }) {
    const types = fields.map(({ type }) => type_text(type));
    const held = {
        unit: () => [],
        value: () => [`value${fields[0].is_optional ? '?' : ''}: ${types[0]}`],
        tuple: () => [`values: [${types.join(', ')}]`],
        fields: () => fields.map((field) => member({ ...field, docs: '' })),
    };
    const shown = `{ ${[`type: '${name}'`, ...held[payload]()].join(', ')} }`;
    return [line(shown, docs), ...fields.filter((field) => field.docs).map((field) => `    ${member(field)}`)];
}

function member({ property, type, docs, is_optional }) {
    return line(`${property}${is_optional ? '?' : ''}: ${type_text(type)}`, docs);
}

function line(head, docs) {
    return docs ? `${head}  // ${docs.split(/\s+/).join(' ')}` : head;
}
