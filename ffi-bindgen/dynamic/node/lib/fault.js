// What is wrong with a message.

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
