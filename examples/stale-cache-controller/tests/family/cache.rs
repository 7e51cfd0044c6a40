//! What a cache shows.

use planwright_model::finite::{from_word, to_word};
use stale_cache_controller::{Cache, History};

/// A store, and caches that are behind by nothing, one and two changes, beside lists of all values.
#[test]
fn caches_show_what_the_store_held() {
    let mut held = vec![0];
    let mut history = History::<u8, 4>::new(0, 2);
    let mut caches = [Cache::CURRENT; 3];
    for value in 1..=9 {
        held.push(value);
        history.record(value, &mut caches);
        caches[0] = Cache::CURRENT;
        if let Some(next) = caches[1].catch_up().filter(|_| caches[1].lag() > 1) {
            caches[1] = next;
        }
        let shown = caches.map(|cache| *history.seen_by(cache));
        let before = |changes: usize| held[held.len().saturating_sub(changes + 1)];
        assert_eq!(shown, [before(0), before(1), before(2)]);
        assert_eq!(history.values(), [before(0), before(1), before(2)]);
        let word = to_word(history).expect("few values");
        assert_eq!(from_word::<History<u8, 4>>(word), history);
    }
    assert_eq!(history.caches().count(), 3);
    assert_eq!(Cache::CURRENT.catch_up(), None);
}

#[test]
fn without_staleness_every_cache_is_current() {
    let mut history = History::<char, 1>::new('a', 0);
    let mut cache = Cache::CURRENT;
    history.record('b', [&mut cache]);
    assert_eq!((cache, history.seen_by(cache)), (Cache::CURRENT, &'b'));
}

#[test]
#[should_panic(expected = "ask for at most 1")]
fn a_history_without_room_is_refused() {
    History::<(), 2>::new((), 2);
}

#[test]
#[should_panic(expected = "3 changes behind, and the staleness allows 1")]
fn a_cache_beyond_the_staleness_is_refused() {
    History::<(), 4>::new((), 1).seen_by(Cache::behind(3));
}
