//! Fingerprints: 64 bits that stand for a state in the visited set.
//!
//! What a state writes into its `Hash` becomes a sequence of 64-bit words, and the words become a
//! number by a seeded universal hash.
//!
//! **Words.** Fixed-width integers are packed one after another at their own width. `usize` and
//! `isize` (lengths and enum discriminants, nearly always small) take one byte below 255;
//! otherwise the byte 255 and eight more. Whoever knows the type can read the values back, in order,
//! from the words and the total length: `Hash` implementations are prefix-free, so each value read
//! determines the type of the next. Different written values therefore give different words.
//!
//! **Number.** The sum of `word[i] * key[i]` over 128 bits, with random odd keys made from the
//! seed: for two different sequences of at most 16 words a colliding sum needs a coincidence in
//! the keys, whatever the states look like (flips of the top bits of two words, say, which defeat
//! the same sum over 64 bits). The products do not wait for each other. The sum is then condensed
//! to 64 bits and mixed, so that the top bits, which choose the place in the table, depend on
//! every word. Longer sequences are condensed every 16 words.
//!
//! Nothing depends on the processor, except that slices of integers wider than a byte reach a
//! hasher as their memory and so depend on the byte order.

use std::hash::{Hash, Hasher};

/// How many words are summed before the sum is condensed.
const BLOCK: usize = 16;

/// A bijection of 64-bit numbers in which every input bit reaches every output bit.
pub(crate) const fn mix(mut x: u64) -> u64 {
    x ^= x >> 32;
    x = x.wrapping_mul(0xd6e8_feb8_6659_fd93);
    x ^= x >> 32;
    x = x.wrapping_mul(0xd6e8_feb8_6659_fd93);
    x ^ (x >> 32)
}

/// The `index`-th number of the sequence that belongs to `seed`.
const fn random(seed: u64, index: u64) -> u64 {
    let spread = index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mix(mix(seed.wrapping_add(spread)) ^ spread)
}

/// A number for a value, to tell it from others by a short digest: the same on every build and processor, for what
/// hashes no slices of integers wider than a byte.
///
/// ```
/// use planwright_checker::fingerprint;
///
/// assert_ne!(fingerprint("lamps, 3 presses"), fingerprint("lamps, 4 presses"));
/// ```
pub fn fingerprint<T: Hash + ?Sized>(value: &T) -> u64 {
    Fingerprinter::new(0).fingerprint(value)
}

/// Computes fingerprints under one seed.
#[derive(Clone, Debug)]
pub(crate) struct Fingerprinter {
    keys: [u64; BLOCK],
    /// Multiplies the condensed sum of the previous block.
    carry: u64,
    /// Multiplies the total length.
    length: u64,
    /// Multiplies the high half when a sum is condensed.
    fold: u64,
    seed: u64,
}

impl Fingerprinter {
    pub(crate) fn new(seed: u64) -> Self {
        let mut keys = [0; BLOCK];
        for (index, key) in keys.iter_mut().enumerate() {
            *key = random(seed, index as u64) | 1;
        }
        let after = BLOCK as u64;
        Self {
            keys,
            carry: random(seed, after) | 1,
            length: random(seed, after + 1) | 1,
            fold: random(seed, after + 2) | 1,
            seed,
        }
    }

    /// A fingerprinter that agrees with this one about equal states and about nothing else:
    /// different states that collide here do not collide there.
    pub(crate) fn reseeded(&self) -> Self {
        Self::new(mix(self.seed ^ 0x5bd1_e995_9e37_79b9))
    }

    /// The fingerprint of `value`, never 0: the visited set uses 0 for an empty slot.
    #[inline]
    pub(crate) fn fingerprint<T: Hash + ?Sized>(&self, value: &T) -> u64 {
        let mut words = Words {
            fingerprinter: self,
            sum: 0,
            buffer: 0,
            bits: 0,
            full: 0,
        };
        value.hash(&mut words);
        words.number()
    }

    #[inline(always)]
    fn condense(&self, sum: u128) -> u64 {
        (sum as u64).wrapping_add(((sum >> 64) as u64).wrapping_mul(self.fold))
    }
}

/// The words of one value, summed as they come.
struct Words<'f> {
    fingerprinter: &'f Fingerprinter,
    sum: u128,
    /// The low `bits` bits are written and not yet summed.
    buffer: u64,
    /// Below 64 between two writes.
    bits: u32,
    /// Words summed.
    full: usize,
}

impl Words<'_> {
    #[inline(always)]
    fn push(&mut self, value: u64, width: u32) {
        self.buffer |= value << self.bits;
        let bits = self.bits + width;
        if bits < 64 {
            self.bits = bits;
        } else {
            self.absorb(self.buffer);
            // What did not fit: a shift by 64 - bits, which may be all 64.
            self.buffer = (value >> 1) >> (63 - self.bits);
            self.bits = bits - 64;
        }
    }

    // Without a call, however rare: a loop over small values then keeps `buffer` and `bits` in registers.
    #[inline(always)]
    fn absorb(&mut self, word: u64) {
        let at = self.full % BLOCK;
        if at == 0 && self.full != 0 {
            let condensed = mix(self.fingerprinter.condense(self.sum));
            self.sum = u128::from(condensed) * u128::from(self.fingerprinter.carry);
        }
        let product = u128::from(word) * u128::from(self.fingerprinter.keys[at]);
        self.sum = self.sum.wrapping_add(product);
        self.full += 1;
    }

    /// The number of all that was written. Not a copy of `self` first: reading fields together that
    /// were just written one by one costs more than the rest of the hash.
    #[inline(always)]
    fn number(&mut self) -> u64 {
        // Tells a written zero from padding.
        let length = (self.full as u64)
            .wrapping_mul(64)
            .wrapping_add(u64::from(self.bits));
        if self.bits > 0 {
            self.absorb(self.buffer);
        }
        let fingerprinter = self.fingerprinter;
        let length = u128::from(length) * u128::from(fingerprinter.length);
        let condensed = fingerprinter.condense(self.sum.wrapping_add(length));
        // Any number other than 0 will do for 0: one more way to collide among 2^64.
        mix(condensed ^ fingerprinter.carry).max(1)
    }
}

impl Hasher for Words<'_> {
    fn finish(&self) -> u64 {
        Words { ..*self }.number()
    }

    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.write_usize(bytes.len());
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.push(u64::from_le_bytes(*word), 64);
        }
        for &byte in rest {
            self.push(u64::from(byte), 8);
        }
    }

    #[inline(always)]
    fn write_u8(&mut self, value: u8) {
        self.push(u64::from(value), 8);
    }

    #[inline]
    fn write_u16(&mut self, value: u16) {
        self.push(u64::from(value), 16);
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.push(u64::from(value), 32);
    }

    #[inline(always)]
    fn write_u64(&mut self, value: u64) {
        self.push(value, 64);
    }

    #[inline]
    fn write_u128(&mut self, value: u128) {
        self.push(value as u64, 64);
        self.push((value >> 64) as u64, 64);
    }

    #[inline(always)]
    fn write_usize(&mut self, value: usize) {
        if value < 0xff {
            self.push(value as u64, 8);
        } else {
            self.push(0xff, 8);
            self.push(value as u64, 64);
        }
    }

    #[inline(always)]
    fn write_isize(&mut self, value: isize) {
        self.write_usize(value.cast_unsigned());
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn fingerprint<T: Hash + ?Sized>(value: &T) -> u64 {
        Fingerprinter::new(0).fingerprint(value)
    }

    #[derive(Hash)]
    enum Shape {
        Empty,
        Small(u8),
        Large([u64; 3]),
    }

    /// A change here means that stored fingerprints no longer mean the same.
    #[test]
    fn values_are_the_same_on_every_build() {
        let large = Shape::Large([1, 2, u64::MAX]);
        let values = [
            fingerprint(&()),
            fingerprint(&0_u8),
            fingerprint(&0x0123_4567_89ab_cdef_u64),
            fingerprint("planwright"),
            fingerprint(&vec![300_usize, 2]),
            fingerprint(&300_usize),
            fingerprint(
                "a number that is not small, of the letters in a text"
                    .repeat(8)
                    .as_str(),
            ),
            fingerprint(&large),
            Fingerprinter::new(1).fingerprint(&large),
        ];
        assert_eq!(values, GOLDEN, "{values:#x?}");
    }

    const GOLDEN: [u64; 9] = [
        0xd78a_f2cb_1e54_68c8,
        0xe602_8aa8_52e6_ce79,
        0x5f2d_3fbb_027f_e080,
        0xed61_8a84_1023_edc4,
        0x9a96_b40b_4f32_569f,
        0xf92a_81f7_6395_0272,
        0xfe24_523d_1976_1430,
        0x49fe_941a_3c12_bd24,
        0x7244_af75_780c_9faf,
    ];

    #[test]
    fn values_that_differ_in_shape_only_differ() {
        let values = [
            fingerprint(&Shape::Empty),
            fingerprint(&Shape::Small(0)),
            fingerprint(&Shape::Small(1)),
            fingerprint(&Shape::Large([0; 3])),
            fingerprint(&[0_u8; 3][..]),
            fingerprint(&[0_u8; 4][..]),
            fingerprint(&(vec![0_u8], vec![0_u8, 0])),
            fingerprint(&(vec![0_u8, 0], vec![0_u8])),
            fingerprint(&254_usize),
            fingerprint(&255_usize),
            fingerprint(&(1_usize << 40)),
            fingerprint(&(255_usize, 256_usize)),
            fingerprint(&(256_usize, 255_usize)),
        ];
        assert_eq!(values.iter().collect::<HashSet<_>>().len(), values.len());
    }

    #[test]
    fn a_million_structured_values_do_not_collide() {
        for seed in [0, 1] {
            let fingerprinter = Fingerprinter::new(seed);
            let mut seen = HashSet::new();
            for i in 0..500_000_u64 {
                // Few bits set, and in one of two words.
                assert!(seen.insert(fingerprinter.fingerprint(&[i, 0])));
                assert!(seen.insert(fingerprinter.fingerprint(&[0, (i + 1) << 40])));
            }
        }
    }

    /// Every input bit changes every output bit about half of the time; the top bits choose a
    /// state's place in the visited set.
    #[test]
    fn input_bits_reach_all_output_bits() {
        let mut flips = [0_u32; 64];
        let mut trials = 0;
        for i in 0..64_u64 {
            let base = [i.wrapping_mul(0x1234_5678_9abc_def1), i, 3];
            for bit in 0..192 {
                let mut other = base;
                other[bit / 64] ^= 1 << (bit % 64);
                let difference = fingerprint(&base) ^ fingerprint(&other);
                for (output, count) in flips.iter_mut().enumerate() {
                    *count += u32::from(difference >> output & 1 == 1);
                }
                trials += 1;
            }
        }
        for (output, count) in flips.iter().enumerate() {
            let share = f64::from(*count) / f64::from(trials);
            assert!((0.48..0.52).contains(&share), "bit {output}: {share}");
        }
    }
}
