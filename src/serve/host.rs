//! Which names the server answers to. A page of another site can make a browser ask this server
//! under its own name (DNS rebinding); by the `Host` of the request it is told apart.

use std::net::IpAddr;

/// The names of this server.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    /// Further names, in lower case.
    names: Vec<String>,
    /// Bound to all addresses, it is met under any of them.
    is_open: bool,
}

impl Hosts {
    /// Answers to this machine's own names, to the address that it is bound to, and to `names`.
    pub(crate) fn new(bound: IpAddr, names: &[String]) -> Self {
        let mut names: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        names.push(bound.to_string());
        Self { names, is_open: bound.is_unspecified() }
    }

    /// Is this `Host` one of ours, with or without a port?
    pub(crate) fn know(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        let name = name.to_ascii_lowercase();
        let address = name.parse::<IpAddr>().ok();
        name == "localhost"
            || address.is_some_and(|it| it.is_loopback() || self.is_open)
            || self.names.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_known() {
        let hosts = Hosts::new("127.0.0.1".parse().unwrap(), &["Graph.Example".to_owned()]);
        for ours in [
            "localhost:7878",
            "127.0.0.1",
            "[::1]:80",
            "LOCALHOST",
            "graph.example:443",
            "127.0.0.2",
        ] {
            assert!(hosts.know(ours), "{ours}");
        }
        for other in ["", "evil.example", "localhost.evil.example", "10.0.0.7:80", "[::2]", "]["] {
            assert!(!hosts.know(other), "{other}");
        }
        let open = Hosts::new("0.0.0.0".parse().unwrap(), &[]);
        assert!(open.know("10.0.0.7:80") && !open.know("evil.example"));
    }
}
