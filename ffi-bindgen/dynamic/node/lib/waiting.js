// What a stream holds until it is taken.

/** So many events in their order. What finds no room is dropped, and a gap with its number stands in its place. */
export class Waiting {
    #limit;
    #worth;
    #entries = [];
    #first = 0;
    #held = 0;

    /** `worth` gives for how many events an entry stands: several, where it is a gap itself. */
    constructor(limit, worth) {
        this.#limit = limit;
        this.#worth = worth;
    }

    push(entry) {
        if (this.#held < this.#limit) {
            this.#held++;
            this.#entries.push({ entry });
            return;
        }
        const last = this.#entries.at(-1);
        if (last.gap === undefined) {
            this.#entries.push({ gap: this.#worth(entry) });
        } else {
            last.gap += this.#worth(entry);
        }
    }

    /** `{ entry }`, or `{ gap }`, the number of events that are missing here; undefined where nothing waits. */
    take() {
        if (this.#first === this.#entries.length) {
            return undefined;
        }
        const taken = this.#entries[this.#first];
        this.#entries[this.#first++] = undefined;
        // Moved together now and then, so that each costs the same however many wait.
        if (this.#first >= 1024 && this.#first * 2 >= this.#entries.length) {
            this.#entries.splice(0, this.#first);
            this.#first = 0;
        }
        this.#held -= taken.gap === undefined ? 1 : 0;
        return taken;
    }

    clear() {
        this.#entries.length = 0;
        this.#first = 0;
        this.#held = 0;
    }
}
