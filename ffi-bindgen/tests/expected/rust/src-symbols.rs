//! What the library exports, and which library it has to be.

use crate::runtime::abi::{AddListener, Callback};
use crate::runtime::check::Expected;
use crate::types;
use std::ffi::{c_char, c_int, c_void};

/// The library that these bindings are for.
pub(crate) const EXPECTED: Expected = Expected {
    abi_hash: ("my_timer_ffi_abi_hash", 0x306d729395856589),
    #[cfg(feature = "cbor")]
    schema: "my_timer_ffi_schema",
    #[cfg(feature = "cbor")]
    items: items! {
        type "EchoEvent" 0x516f70111c9aeae9 0x5e1cc689ba696a54,
        type "EchoRequest" 0xe173f25787e8a557 0x1557cd201186f7de,
        type "EchoResponse" 0x6cd3f9e68e399a02 0x7a742354e6820df4,
        type "EventsDropped" 0x91e41aac999de33d 0xf7e89c639521ab97,
        type "Job" 0xea05578dda3c0b86 0x7c4071f9ecf91bfd,
        type "JobPriority" 0xcad3a7a3c3dbee6c 0xd3981aef6251b993,
        type "NotResponding" 0xe2a561ec8342036c 0x996ee7dc46880aaa,
        type "Responding" 0x0e39eb0cbfcd5e85 0xdd9aa66b37518cd5,
        type "TimerConfig" 0xe55a11820fe6b8fb 0x895e39393843d0c9,
        function "my_timer_create" 0xb811b5103deb7fcd 0x425c5b59f60fecc9,
        function "my_timer_echo" 0x21dff69b66ea3207 0x1fc36fb223e8f29e,
        function "my_timer_version" 0xd1b0718a8268d192 0xd1b0718a8268d192,
        function "my_timer_schedule" 0x92280319d875fb73 0x6a6ce88408a0f640,
        function "my_timer_reset" 0xd0c6aff346d6c741 0xd0c6aff346d6c741,
        function "my_timer_destroy" 0x8a935d92f5c07684 0x8a935d92f5c07684,
        event "on_echo_fired" 0x6efa6c893fc559cc 0xea39fcda7c836f1b,
        event "on_tick" 0x13a4f528d9f43796 0x13a4f528d9f43796,
        event "on_note" 0xa6479b0ae0c4a959 0xa6479b0ae0c4a959,
        event "on_idle" 0xdd76b744dc7b57b5 0xdd76b744dc7b57b5,
        event "events_dropped" 0xd171b5a868eb0c18 0xfbdb01baa42bef64,
        event "not_responding" 0xc0fdec84e0100168 0x3edc1122de931056,
        event "responding" 0xa11610d1daef915f 0x42772311849bb7cf,
    },
};

symbols! {
    every {
        last_error = "my_timer_ffi_last_error": unsafe extern "C" fn() -> *const c_char;
        cancel = "my_timer_ffi_cancel": unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int;
        close = "my_timer_ffi_close": unsafe extern "C" fn(*mut c_void, Callback, *mut c_void) -> c_int;
        add_event_listener = "my_timer_ffi_add_event_listener": AddListener;
        add_event_listener_cbor = "my_timer_ffi_add_event_listener_cbor": AddListener;
        remove_event_listener = "my_timer_ffi_remove_event_listener": unsafe extern "C" fn(*mut c_void, u64) -> c_int;
        destroy = "my_timer_destroy": unsafe extern "C" fn(*mut c_void) -> c_int;
    }
    constructors {
        my_timer_create = "my_timer_create"(types::TimerConfig);
    }
    methods {
        my_timer_echo = "my_timer_echo"(types::EchoRequest);
        my_timer_version = "my_timer_version"();
        my_timer_schedule = "my_timer_schedule"(Vec<types::Job>, Option<u64>);
        my_timer_reset = "my_timer_reset"();
    }
    stateless {
    }
    exports {
    }
}
