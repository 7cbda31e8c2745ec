use ffi_runtime::ffi;

#[ffi(library = "plain")]
struct Plain;

#[ffi(library = "shout", text = "c")]
struct Shout;

#[ffi(library = "plain", text = "c")]
fn plain_loud(text: String) -> String {
    text.to_uppercase()
}

#[ffi(library = "shout")]
async fn shout_loud(text: String) -> String {
    text.to_uppercase()
}

#[ffi(ctor, library = "shout")]
fn shout_open(greeting: Option<String>) -> Shout {
    drop(greeting);
    Shout
}

#[ffi(library = "shout")]
fn shout_louder(_shout: &Shout, text: String) -> String {
    text.to_uppercase()
}

#[ffi(dtor, library = "shout")]
fn shout_close(_shout: Shout) {}

fn main() {}
