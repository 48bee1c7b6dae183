use std::fmt;

use super::fit::Calibration;
use super::report::{
    Bucket, Context, Extra, Miss, Report, Score, Shortfall, Step, Tally, f1, share,
};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "weights 2+3: {}", self.important())?;
        writeln!(f, "all: {}", self.all())?;
        for (weight, tally) in &self.weights {
            writeln!(f, "w{weight}: {tally}")?;
        }
        let found = self.important();
        let [agent, source, status] =
            [found.who, found.source, found.status].map(|part| share(part, found.found));
        writeln!(
            f,
            "of weights 2+3 found: agent={agent:.3} source={source:.3} status={status:.3}"
        )?;
        writeln!(
            f,
            "claims(core)={} bad_quotes={} precision>={:.3} recall(who)={:.3} f1={:.3}",
            self.core.claims,
            self.bad_quotes,
            self.precision(),
            self.recall(),
            self.f1()
        )?;
        if !self.lost.is_empty() {
            writeln!(f, "gold quotes not in their texts: {}", self.lost.len())?;
        }
        for (title, rows) in [("document", &self.documents), ("act", &self.acts)] {
            writeln!(f, "\n{title:<16} gold  found    who   full  claims   prec")?;
            for (name, Score { gold, claims }) in rows {
                write!(f, "{name:<16} {:>4}", gold.n)?;
                for part in [gold.found, gold.who, gold.full] {
                    write!(f, " {}", Ratio(part, gold.n))?;
                }
                writeln!(f, " {:>7} {}", claims.claims, Ratio(claims.matched, claims.claims))?;
            }
        }
        let width = self.constructions.keys().map(|k| k.chars().count()).max().unwrap_or(0).max(16);
        writeln!(f, "\n{:<width$} claims   prec", "construction")?;
        for (name, claims) in &self.constructions {
            writeln!(
                f,
                "{name:<width$} {:>6} {}",
                claims.claims,
                Ratio(claims.matched, claims.claims)
            )?;
        }
        writeln!(f)?;
        confidence(self, f)
    }
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "fitted to {} claims; each document by the others: loss {:.3}, of one share for all {:.3}\n",
            self.claims, self.loss, self.baseline
        )?;
        confidence(&self.left_out, f)
    }
}

/// What claims say of themselves against what came true, and what is left above
/// some confidence.
fn confidence(report: &Report, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "confidence       claims   said   true")?;
    for Bucket { from, to, claims, mean_confidence } in &report.calibration {
        let range = format!("{from:.1} to {to:.1}");
        writeln!(
            f,
            "{range:<16} {:>6} {mean_confidence:>6.3} {}",
            claims.claims,
            Ratio(claims.matched, claims.claims)
        )?;
    }
    writeln!(f, "\nleast confidence claims   prec recall     f1")?;
    for Step { least, claims, recall } in &report.curve {
        let precision = claims.precision();
        writeln!(
            f,
            "{least:<16.1} {:>6} {precision:>6.3} {recall:>6.3} {:>6.3}",
            claims.claims,
            f1(precision, *recall)
        )?;
    }
    Ok(())
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [found, who, full] = [self.found, self.who, self.full].map(|k| share(k, self.n));
        write!(f, "n={} found={found:.3} who={who:.3} full={full:.3}", self.n)
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} w{} {} by {} ({})",
            self.shortfall,
            self.document,
            self.weight,
            self.act.join("/"),
            list(&self.agent),
            self.status.as_str(),
        )?;
        if !self.instead.is_empty() {
            write!(f, " not {}", self.instead.join(", "))?;
        }
        write!(f, " | {}", self.context)
    }
}

impl fmt::Display for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "EXTRA {} {} by {} ({}, {}) | {}",
            self.document,
            self.act,
            list(&self.agent),
            self.status.as_str(),
            self.extractor,
            self.context
        )
    }
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Missed => "MISS",
            Self::Agent => "WHO?",
            Self::StatusOrSource => "PART",
        })
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{}⟦{}⟧{}", self.before, self.words, self.after);
        f.write_str(&line.replace(['\n', '\r'], " "))
    }
}

/// A share to three places, or a dash where there is nothing to share.
struct Ratio(usize, usize);

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.1 == 0 {
            f.write_str("     –")
        } else {
            write!(f, "{:>6.3}", share(self.0, self.1))
        }
    }
}

fn list(agents: &[String]) -> String {
    if agents.is_empty() { "nobody".into() } else { agents.join(", ") }
}
