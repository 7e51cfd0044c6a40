//! Files with a checksum at the end.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::checkpoint::Hashing;

/// Bytes of the checksum.
const SEAL: usize = 32;

/// A file that is being written.
pub(super) struct Writer {
    file: BufWriter<File>,
    hasher: Sha256,
}

impl Writer {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 18, File::create(path)?);
        Ok(Self {
            file,
            hasher: Sha256::new(),
        })
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.file.write_all(bytes)
    }

    pub(super) fn put_u64(&mut self, number: u64) -> io::Result<()> {
        self.put(&number.to_le_bytes())
    }

    /// Bytes after their number.
    pub(super) fn put_block(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.put_u64(bytes.len() as u64)?;
        self.put(bytes)
    }

    /// Writes the checksum, and waits until everything is on the disk.
    pub(super) fn seal(mut self) -> io::Result<()> {
        let seal = self.hasher.finalize_reset();
        self.file.write_all(&seal)?;
        let file = self.file.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()
    }
}

/// A file that is being read.
pub(super) struct Reader {
    file: BufReader<io::Take<File>>,
}

impl Reader {
    /// Opens a file, after comparing its checksum; `None` if that is wrong.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let mut file = File::open(path)?;
        let Some(content) = file.metadata()?.len().checked_sub(SEAL as u64) else {
            return Ok(None);
        };
        let mut hasher = Hashing(Sha256::new());
        io::copy(&mut (&mut file).take(content), &mut hasher)?;
        let mut seal = [0; SEAL];
        file.read_exact(&mut seal)?;
        if hasher.0.finalize()[..] != seal {
            return Ok(None);
        }
        file.seek(SeekFrom::Start(0))?;
        let file = BufReader::with_capacity(1 << 18, file.take(content));
        Ok(Some(Self { file }))
    }

    pub(super) fn take(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.file.read_exact(bytes)
    }

    pub(super) fn take_u64(&mut self) -> io::Result<u64> {
        let mut bytes = [0; 8];
        self.take(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    pub(super) fn take_u32(&mut self) -> io::Result<u32> {
        let number = self.take_u64()?;
        u32::try_from(number).map_err(|_| io::ErrorKind::InvalidData.into())
    }

    /// The number of things that follow, each of at least so many bytes.
    pub(super) fn take_count(&mut self, bytes: usize) -> io::Result<usize> {
        let count = self.take_u64()?;
        let left = self.file.get_ref().limit() + self.file.buffer().len() as u64;
        match usize::try_from(count) {
            Ok(many) if count <= left / bytes as u64 => Ok(many),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// What `put_block` wrote.
    pub(super) fn take_block(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        bytes.clear();
        bytes.resize(self.take_count(1)?, 0);
        self.take(bytes)
    }

    /// Whether everything was read.
    pub(super) fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(self.file.read(&mut [0])? == 0)
    }
}
