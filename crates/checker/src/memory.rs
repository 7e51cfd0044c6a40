//! The memory of this process and of the machine, where the operating system tells.

use std::fs::read_to_string;

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

/// The largest resident memory the process has had, in bytes.
pub(crate) fn peak() -> Option<u64> {
    field(&read_to_string("/proc/self/status").ok()?, "VmHWM")
}

/// The limit on memory unless told, in bytes: four fifths of what the machine and the control group
/// have, where the operating system tells.
///
/// ```
/// if let Some(bytes) = planwright_checker::default_memory_limit() {
///     assert!(bytes > 1 << 20);
/// }
/// ```
pub fn default_limit() -> Option<u64> {
    let machine = field(&read_to_string("/proc/meminfo").ok()?, "MemTotal");
    let groups = [
        "/sys/fs/cgroup/memory.max",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    ];
    let groups = groups.into_iter().filter_map(|path| {
        let text = read_to_string(path).ok()?;
        text.trim().parse().ok()
    });
    machine
        .into_iter()
        .chain(groups)
        .min()
        .map(|bytes: u64| bytes / 5 * 4)
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
}
