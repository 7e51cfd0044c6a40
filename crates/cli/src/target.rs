//! A file that is written when its text is complete.

use std::fmt::Display;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{self, Path, PathBuf};

use tempfile::NamedTempFile;

use crate::print_verbatim;

/// An output file that is known to be writable.
#[derive(Debug)]
pub(crate) struct Target {
    option: &'static str,
    path: PathBuf,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// A regular file, or none yet: the text is written beside it, and takes its name once it is complete.
    File {
        /// The file itself, where the path is a symbolic link.
        path: PathBuf,
        beside: NamedTempFile,
        /// Of the file that is there.
        permissions: Option<Permissions>,
    },
    /// A device, a pipe: it is written to as it is.
    Stream(File),
}

/// How many symbolic links may lead to a file; Linux allows as many.
const LINKS: usize = 40;

/// What a path leads to.
enum End {
    /// The path of a file that is there, or can be there.
    File(PathBuf),
    /// An open file of this process, in `/proc` or `/dev/fd`.
    Open(PathBuf),
}

impl Target {
    /// Sees to it that the file can be written. What is at its path stays until the text is complete.
    ///
    /// # Errors
    ///
    /// If it cannot, with the option, the path, the reason and what to do; nothing was changed then.
    pub(crate) fn new(option: &'static str, path: &Path) -> Result<Self, String> {
        let place = Place::of(path).map_err(|why| {
            let path = path.display();
            format!("{option} {path}: {why}; name a file in a folder that can be written to")
        })?;
        Ok(Self {
            option,
            path: path.to_owned(),
            place,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the text and says so, or, so that it is not lost, prints it.
    pub(crate) fn write(self, text: &str) -> Result<(), String> {
        let (option, path) = (self.option, self.path.display().to_string());
        self.write_only(text).map_err(|error| {
            print_verbatim(text);
            format!("{option} {path}: {error}; what belongs there was printed on standard output")
        })
    }

    /// Writes a text that is made again when it is asked for again, and says so.
    pub(crate) fn write_or_drop(self, text: &str) -> Result<(), String> {
        let (option, path) = (self.option, self.path.display().to_string());
        self.write_only(text).map_err(|error| {
            format!("{option} {path}: {error}; run it again with a file that there is room for")
        })
    }

    fn write_only(self, text: &str) -> io::Result<()> {
        match self.place {
            Place::Stream(mut stream) => {
                stream.write_all(text.as_bytes())?;
                stream.flush()
            }
            Place::File {
                path,
                mut beside,
                permissions,
            } => {
                beside.write_all(text.as_bytes())?;
                beside.flush()?;
                if let Some(permissions) = permissions {
                    keep_owner(&path, beside.as_file());
                    beside.as_file().set_permissions(permissions)?;
                }
                beside.persist(path)?;
                // Standard output is for results.
                eprintln!("{} {}: written", self.option, self.path.display());
                Ok(())
            }
        }
    }
}

impl Place {
    fn of(path: &Path) -> Result<Self, Box<dyn Display>> {
        let why = |error: io::Error| -> Box<dyn Display> {
            match error.kind() {
                // No need for the number that the system gives it.
                ErrorKind::NotFound => Box::new("there is no such folder"),
                ErrorKind::PermissionDenied => Box::new(error.kind()),
                _ => Box::new(error),
            }
        };
        let there = match fs::metadata(path) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(why(error)),
        };
        let ends_in_separator = || path.to_string_lossy().ends_with(path::is_separator);
        if there.as_ref().is_some_and(fs::Metadata::is_dir)
            || (there.is_none() && ends_in_separator())
        {
            return Err(Box::new("this is a folder"));
        }
        let path = match end_of(path).map_err(why)? {
            End::File(path) => path,
            End::Open(path) => return open(&path).map(Self::Stream).map_err(why),
        };
        if let Some(there) = &there {
            if there.is_file() && there.permissions().readonly() {
                return Err(Box::new("this file is read-only"));
            }
            let file = OpenOptions::new().append(true).open(&path).map_err(why)?;
            if !there.is_file() {
                return Ok(Self::Stream(file));
            }
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        // The name of the temporary file would only confuse.
        let beside = file_beside(folder).map_err(|error| why(error.kind().into()))?;
        Ok(Self::File {
            path,
            beside,
            permissions: there.map(|there| there.permissions()),
        })
    }
}

/// Follows symbolic links, also to where nothing is yet.
fn end_of(path: &Path) -> io::Result<End> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&path) else {
            return Ok(End::File(path));
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        // What such a link names need not have a path, and is open already.
        let real = fs::canonicalize(folder);
        if real.is_ok_and(|folder| folder.starts_with("/proc")) {
            return Ok(End::Open(path));
        }
        path = folder.join(target);
    }
    Err(io::Error::other("too many symbolic links"))
}

/// A name that every path to a file has in common; `None` for devices and pipes.
pub(crate) fn identity(path: &Path) -> Option<PathBuf> {
    let special = |there: fs::Metadata| !there.is_file() && !there.is_dir();
    if fs::metadata(path).is_ok_and(special) {
        return None;
    }
    let Ok(End::File(file)) = end_of(path) else {
        return None;
    };
    // What is not there yet has no canonical path, but its folder does.
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let named = fs::canonicalize(folder).ok().zip(file.file_name());
    let canonical = fs::canonicalize(&file).ok();
    let canonical = canonical.or_else(|| named.map(|(folder, name)| folder.join(name)));
    Some(canonical.unwrap_or(file))
}

/// An open file of this process. Standard output and error keep their place in a file that they were led to.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::fd::AsFd as _;
    let number = path.file_name().and_then(|name| name.to_str());
    match number {
        Some("1") => Ok(io::stdout().as_fd().try_clone_to_owned()?.into()),
        Some("2") => Ok(io::stderr().as_fd().try_clone_to_owned()?.into()),
        _ => OpenOptions::new().append(true).open(path),
    }
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(path)
}

/// A temporary file with the permissions of any new file, not its owner's alone.
#[cfg(unix)]
fn file_beside(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    tempfile::Builder::new()
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn file_beside(folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}

/// Gives a file the owner of another one, as far as this process may.
#[cfg(unix)]
fn keep_owner(of: &Path, file: &File) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    if let Ok(there) = fs::metadata(of) {
        let _ = fchown(file, Some(there.uid()), Some(there.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) {}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    fn write(path: &Path, text: &str) -> Result<(), String> {
        Target::new("--out", path)?.write(text)
    }

    fn mode(path: &Path) -> u32 {
        let there = fs::metadata(path).expect("it is there");
        there.permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
    }

    #[test]
    fn a_file_keeps_its_mode_and_a_new_one_has_the_usual_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (new, usual) = (folder.path().join("new"), folder.path().join("usual"));
        File::create(&usual).expect("a file");
        write(&new, "text").expect("it is written");
        assert_eq!(mode(&new), mode(&usual));
        set_mode(&new, 0o600);
        write(&new, "more").expect("it is written");
        assert_eq!(mode(&new), 0o600);
        assert_eq!(fs::read_to_string(&new).expect("a file"), "more");
    }

    #[test]
    fn what_is_read_only_is_refused_whoever_asks() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("kept");
        fs::write(&path, "kept").expect("a file");
        set_mode(&path, 0o444);
        let error = Target::new("--out", &path).expect_err("it is read-only");
        assert!(
            error.starts_with("--out ") && error.contains("read-only"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(&path).expect("a file"), "kept");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn links_are_followed_also_to_where_nothing_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("in")).expect("a folder");
        fs::write(at("in/there"), "old").expect("a file");
        symlink("in/there", at("one")).expect("a link");
        symlink(at("one"), at("two")).expect("a link");
        symlink("in/new", at("three")).expect("a link");
        symlink("itself", at("itself")).expect("a link");
        write(&at("two"), "new").expect("it is written");
        write(&at("three"), "first").expect("it is written");
        assert_eq!(fs::read_to_string(at("in/there")).expect("a file"), "new");
        assert_eq!(fs::read_to_string(at("in/new")).expect("a file"), "first");
        for link in ["one", "two", "three"] {
            assert!(at(link).is_symlink(), "{link}");
        }
        assert!(write(&at("itself"), "none").is_err());
        assert!(write(&at("none/"), "none").is_err());
    }

    #[test]
    fn what_is_no_file_is_written_to_and_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let fifo = folder.path().join("fifo");
        let made = Command::new("mkfifo").arg(&fifo).status();
        assert!(made.expect("mkfifo is there").success());
        let read = std::thread::spawn({
            let fifo = fifo.clone();
            move || fs::read_to_string(fifo).expect("text")
        });
        write(&fifo, "through").expect("it is written");
        assert_eq!(read.join().expect("it ends"), "through");
        assert!(
            fs::metadata(&fifo)
                .expect("it is there")
                .file_type()
                .is_fifo()
        );

        let null = Path::new("/dev/null");
        write(null, "nothing").expect("it is written");
        let there = fs::metadata(null).expect("it is there");
        assert!(there.file_type().is_char_device());
        if Path::new("/dev/full").exists() {
            let target = Target::new("--graph", Path::new("/dev/full")).expect("it can be opened");
            let error = target.write_or_drop("nothing").expect_err("it is full");
            assert!(error.contains("room"), "{error}");
        }
    }

    /// As of `>(program)` in a shell.
    #[test]
    fn an_open_pipe_is_written_to() {
        use std::io::Read as _;
        use std::os::fd::AsRawFd as _;
        let (mut reader, writer) = io::pipe().expect("a pipe");
        let path = format!("/dev/fd/{}", writer.as_raw_fd());
        write(Path::new(&path), "through").expect("it is written");
        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("text");
        assert_eq!(text, "through");
    }
}
