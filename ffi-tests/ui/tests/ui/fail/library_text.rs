use ffi_runtime::ffi;

ffi_runtime::library!("shout", text = "utf8");

#[ffi]
fn loud(text: String) -> String {
    text.to_uppercase()
}

fn main() {}
