//! A library's description, and the header that is made of it.

use ffi_runtime::schema::Library;

/// Reads the bytes as a description: what is one comes back from what is written of it, and makes
/// a header or is refused.
pub fn schema(data: &[u8]) {
    let Ok(library) = Library::from_cbor(data) else { return };
    let again = Library::from_cbor(&library.to_cbor()).expect("what is written can be read");
    assert_eq!(again, library);
    if let Ok(header) = ffi_bindgen::generate_c(&library) {
        assert_eq!(ffi_bindgen::generate_c(&again).expect("as before"), header);
    }
}
