//! `uniqueString` and `guid`: names that follow from their arguments, as Resource Manager computes them.
//!
//! Both algorithms are observed, not documented: their results were compared with those of Resource Manager.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;
use uuid::Uuid;

/// The namespace of the version 5 UUIDs that `guid` gives.
const NAMESPACE: Uuid = Uuid::from_u128(0x11fb06fb_712d_4ddd_98c7_e71bbd588830);

pub fn guid(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let name = joined(Arguments::of("guid", values), values.len(), budget)?;
    Ok(Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string().into())
}

/// `uniqueString`: 13 digits of base 32, the 64 bits of the hash from the top.
pub fn unique_string(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let name = joined(Arguments::of("uniqueString", values), values.len(), budget)?;
    let hash = murmur(name.as_bytes());
    let digits = b"abcdefghijklmnopqrstuvwxyz234567";
    let text: String = (0..13).map(|at| char::from(digits[(hash << (5 * at) >> 59) as usize & 31])).collect();
    Ok(text.into())
}

/// The arguments with hyphens between them.
fn joined(arguments: Arguments, count: usize, budget: &mut Budget) -> Result<String, Fault> {
    let mut text = String::new();
    for at in 0..count {
        let part = arguments.text(at)?;
        budget.spend(part.len() + 1)?;
        if at > 0 {
            text.push('-');
        }
        text.push_str(part);
    }
    Ok(text)
}

/// A 64-bit Murmur hash of two 32-bit lanes. A tail of one to seven bytes is padded with zeros to one word for each lane.
fn murmur(bytes: &[u8]) -> u64 {
    const A: u32 = 0x239b_961b;
    const B: u32 = 0xab0e_9789;
    let mix_a = |word: u32| word.wrapping_mul(A).rotate_left(15).wrapping_mul(B);
    let mix_b = |word: u32| word.wrapping_mul(B).rotate_left(17).wrapping_mul(A);
    let (mut one, mut two) = (0u32, 0u32);
    let blocks = bytes.chunks_exact(8);
    let mut tail = [0; 8];
    tail.iter_mut().zip(blocks.remainder()).for_each(|(place, byte)| *place = *byte);
    for block in blocks {
        let (first, second) = words(block);
        one = (one ^ mix_a(first)).rotate_left(19).wrapping_add(two).wrapping_mul(5).wrapping_add(0x561c_cd1b);
        two = (two ^ mix_b(second)).rotate_left(13).wrapping_add(one).wrapping_mul(5).wrapping_add(0x0bca_a747);
    }
    let (first, second) = words(&tail);
    let length = bytes.len() as u32;
    one ^= mix_a(first) ^ length;
    two ^= mix_b(second) ^ length;
    one = one.wrapping_add(two);
    two = two.wrapping_add(one);
    one = finish(one);
    two = finish(two);
    one = one.wrapping_add(two);
    two = two.wrapping_add(one);
    u64::from(two) << 32 | u64::from(one)
}

/// Eight bytes as two little-endian words.
fn words(block: &[u8]) -> (u32, u32) {
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
    let (first, second) = block.split_at(block.len() / 2);
    (word(first), word(second))
}

fn finish(hash: u32) -> u32 {
    let hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    let hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}
