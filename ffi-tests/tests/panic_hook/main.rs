//! A panic that becomes an answer reaches no hook and prints nothing; any other panic reaches
//! the hook that was there. Alone in its process, whose hook it sets.

mod common;

use common::{Host, map};
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};

static REACHED: AtomicUsize = AtomicUsize::new(0);

#[test]
fn only_a_panic_of_the_hosts_own_reaches_its_hook() {
    panic::set_hook(Box::new(|_| {
        REACHED.fetch_add(1, Ordering::SeqCst);
    }));
    let host = Host::new();
    for _ in 0..100 {
        host.call("every_panic", &map([("text", "again".into())])).error();
        host.call("every_panic_later", &map([("is_after", true.into())])).error();
    }
    let grenade = map([("value", map([("live", true.into())]))]);
    host.call("every_grenade", &grenade).ok();
    host.call("every_drop_grenade", &grenade).error();
    host.call("every_fail_unspeakably", &map([])).error();
    host.call("every_panic_exclusive", &map([])).error();
    assert_eq!(host.destroy(), 0);
    assert_eq!(REACHED.load(Ordering::SeqCst), 0);

    panic::catch_unwind(|| panic!("the host's own")).expect_err("it panics");
    std::thread::spawn(|| panic!("on a thread of the host's")).join().expect_err("it panics");
    assert_eq!(REACHED.load(Ordering::SeqCst), 2);
}
