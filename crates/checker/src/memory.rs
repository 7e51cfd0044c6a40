//! The memory of this process and of the machine, where the operating system tells.

use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The value of a `Name:  1234 kB` line, in bytes.
fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = line
        .trim_start_matches(':')
        .trim()
        .strip_suffix(" kB")?
        .trim()
        .parse()
        .ok()?;
    Some(kib << 10)
}

/// The resident memory of the process now, in bytes.
pub(crate) fn resident() -> Option<u64> {
    field(&read_to_string("/proc/self/status").ok()?, "VmRSS")
}

/// The largest resident memory the process has had, in bytes, up to a millisecond ago: to ask the system takes
/// as long as a search of a small model.
pub(crate) fn peak() -> Option<u64> {
    static LAST: Mutex<Option<(Instant, Option<u64>)>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    match *last {
        Some((asked, peak)) if asked.elapsed() < Duration::from_millis(1) => peak,
        _ => {
            let status = read_to_string("/proc/self/status");
            let peak = status.ok().and_then(|text| field(&text, "VmHWM"));
            *last = Some((Instant::now(), peak));
            peak
        }
    }
}

/// The limit on memory unless told, in bytes: four fifths of what the machine and the control groups of the
/// process have, where the operating system tells. Looked up once for each process.
///
/// ```
/// if let Some(bytes) = planwright_checker::default_memory_limit() {
///     assert!(bytes > 1 << 20);
/// }
/// ```
pub fn default_limit() -> Option<u64> {
    static LIMIT: OnceLock<Option<u64>> = OnceLock::new();
    *LIMIT.get_or_init(|| {
        let machine = field(&read_to_string("/proc/meminfo").ok()?, "MemTotal");
        let groups = read_to_string("/proc/self/cgroup").unwrap_or_default();
        let groups = limit_files(&groups).into_iter().filter_map(|path| {
            let text = read_to_string(path).ok()?;
            text.trim().parse().ok()
        });
        let least = machine.into_iter().chain(groups).min();
        least.map(|bytes: u64| bytes / 5 * 4)
    })
}

/// Where the limits of the control groups are that `/proc/self/cgroup` names, and of those around them:
/// the second version of control groups, and the first one's memory groups. A file need not exist.
fn limit_files(groups: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(group)) = (parts.next(), parts.next()) else {
            continue;
        };
        let (root, file) = if controllers.is_empty() {
            ("/sys/fs/cgroup", "memory.max")
        } else if controllers.split(',').any(|name| name == "memory") {
            ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
        } else {
            continue;
        };
        let around = Path::new(group.trim_start_matches('/')).ancestors();
        files.extend(around.map(|group| Path::new(root).join(group).join(file)));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_kib() {
        let text = "Name:\tchecker\nVmHWM:\t   2048 kB\nVmRSS:\t    1024 kB\n";
        assert_eq!(field(text, "VmRSS"), Some(1 << 20));
        assert_eq!(field(text, "VmHWM"), Some(2 << 20));
        assert_eq!(field(text, "VmSwap"), None);
        assert_eq!(field("VmRSS: what kB", "VmRSS"), None);
    }

    #[test]
    fn limits_are_those_of_all_groups_around_the_process() {
        let found = |groups| {
            let files = limit_files(groups).into_iter();
            files
                .map(|file| file.display().to_string())
                .collect::<Vec<_>>()
        };
        let second = [
            "/sys/fs/cgroup/a.slice/b.scope/memory.max",
            "/sys/fs/cgroup/a.slice/memory.max",
            "/sys/fs/cgroup/memory.max",
        ];
        assert_eq!(found("0::/a.slice/b.scope\n"), second);
        let first = [
            "/sys/fs/cgroup/memory/a/memory.limit_in_bytes",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        ];
        assert_eq!(found("7:cpu,cpuacct:/x\n4:memory:/a\n"), first);
        assert_eq!(found("nonsense\n"), [""; 0]);
    }
}
