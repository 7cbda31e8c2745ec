//! Rules for the project itself.

mod dependencies;
mod evidence;
