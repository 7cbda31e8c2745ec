//! Hosts of four libraries, each loaded at run time from the folder that `HOST_LIBRARIES` names.

mod blocks;
mod calls;
mod cancelling;
mod check;
mod ending;
mod events;
mod executors;
mod failures;
mod notices;
mod shelves;
mod vectors;
