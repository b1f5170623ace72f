//! Ranges of IP addresses in CIDR notation.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::{Object, Value};
use super::arguments::Arguments;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A range: its first address, as a number, and how many bits all its addresses share.
struct Network {
    first: u128,
    shared: u32,
    /// 32 or 128.
    bits: u32,
}

impl Network {
    fn read(arguments: Arguments) -> Result<Network, Fault> {
        let text = arguments.text(0)?;
        let no_network = || arguments.fault(format!("'{text}' is no range in CIDR notation, like 10.0.0.0/16"));
        let (address, shared) = text.split_once('/').ok_or_else(no_network)?;
        let address: IpAddr = address.parse().map_err(|_| no_network())?;
        let shared: u32 = shared.parse().map_err(|_| no_network())?;
        let (first, bits) = match address {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
            IpAddr::V6(address) => (address.to_bits(), 128),
        };
        if shared > bits {
            return Err(no_network());
        }
        let network = Network { first, shared, bits };
        if first & network.hosts() != 0 {
            return Err(arguments.unknown(format!("'{text}' is an address within a range, not the first one")));
        }
        Ok(network)
    }

    /// The bits in which the addresses of the range differ.
    fn hosts(&self) -> u128 {
        low_bits(self.bits - self.shared)
    }

    fn last(&self) -> u128 {
        self.first | self.hosts()
    }

    fn address(&self, bits: u128) -> String {
        // An address of version 4 has no more than its 32 bits.
        if self.bits == 32 {
            Ipv4Addr::from_bits(bits as u32).to_string()
        } else {
            Ipv6Addr::from_bits(bits).to_string()
        }
    }
}

fn low_bits(count: u32) -> u128 {
    1u128.checked_shl(count).map_or(u128::MAX, |bit| bit - 1)
}

pub fn parse(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("parseCidr", values);
    let network = Network::read(arguments)?;
    let four = network.bits == 32;
    if four && network.shared > 30 {
        return Err(arguments.unknown("the usable addresses of a range of one or two are not documented"));
    }
    let reserved = u128::from(four);
    let mut members = vec![
        ("network", network.address(network.first)),
        ("netmask", network.address(low_bits(network.bits) & !network.hosts())),
    ];
    if four {
        members.push(("broadcast", network.address(network.last())));
    }
    members.push(("firstUsable", network.address(network.first + reserved)));
    members.push(("lastUsable", network.address(network.last() - reserved)));
    let mut object: Object = members.into_iter().map(|(name, text)| (name.into(), text.into())).collect();
    object.push("cidr", Value::Int(network.shared.into()));
    Ok(Value::object(object))
}

/// `cidrSubnet`: one of the ranges of the given size into which a range can be split, counted from 0.
pub fn subnet(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("cidrSubnet", values);
    let network = Network::read(arguments)?;
    let (shared, number) = (arguments.int(1)?, arguments.int(2)?);
    let shared = u32::try_from(shared).ok().filter(|shared| (network.shared..=network.bits).contains(shared));
    let shared = shared.ok_or_else(|| {
        arguments.fault(format!("the new size is {} to {}, not {}", network.shared, network.bits, values[1].to_json()))
    })?;
    let count = low_bits(shared - network.shared);
    let number = u128::try_from(number).ok().filter(|number| *number <= count);
    let number = number.ok_or_else(|| arguments.fault("the range has no subnet with this number"))?;
    let first = network.first | number.checked_shl(network.bits - shared).unwrap_or(0);
    Ok(format!("{}/{shared}", network.address(first)).into())
}

/// `cidrHost`: one of the usable addresses of a range, counted from 0.
pub fn host(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("cidrHost", values);
    let network = Network::read(arguments)?;
    let number = arguments.int(1)?;
    if network.bits - network.shared < 2 {
        return Err(arguments.unknown("the usable addresses of a range of one or two are not documented"));
    }
    // The last address is a broadcast in version 4 alone; of version 6 it is not documented to be left out.
    let usable = network.hosts() - if network.bits == 32 { 1 } else { 0 };
    let number = u128::try_from(number).ok().filter(|number| *number < usable);
    let number = number.ok_or_else(|| arguments.fault("the range has no usable address with this number"))?;
    Ok(network.address(network.first + 1 + number).into())
}
