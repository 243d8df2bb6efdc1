//! `thuocdo staff`: accounts by hand, for the first days and for the day when nobody can sign in.

use anyhow::{Context, bail};
use clap::Subcommand;

use super::{say, staff_log};
use crate::app::{self, Data, Prepared};
use crate::config::Settings;
use crate::mail;
use crate::registry::Snapshot;
use crate::staff::{self, AccountRefusal, Actor, Invitation, Office};
use crate::store::sessions::LinkKind;
use crate::store::{Opening, staff as stored};
use crate::words::{Grant, Moment, Role, StaffId, UnitId};

/// How the staff log names the command line.
const COMMAND_LINE: Actor<'static> = Actor { staff: StaffId(0), name: "cli" };

#[derive(Debug, Subcommand)]
pub(super) enum StaffAct {
    /// Makes an account and prints its one-time activation link
    #[command(
        after_help = "Examples:\n  thuocdo staff add lan@sonoivu.example.gov.vn --name \"Nguyễn Thị Lan\" --role home_affairs --unit MH.S01 --scope MH\n  thuocdo staff add it@minhhoa.example.gov.vn --name \"Trần Văn Minh\" --role administrator --scope all"
    )]
    Add {
        /// E-mail address, with which the person signs in
        email: String,
        /// Name
        #[arg(long)]
        name: String,
        /// administrator, home_affairs, procedure_control, leader, unit_manager, interviewer, data_entry, supervisor or auditor
        #[arg(long, value_parser = |word: &str| Role::parse(word))]
        role: Role,
        /// Code of the unit the person works in
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
        /// Code of the unit at the top of what the person sees, or “all” for the whole province [default: own unit]
        #[arg(long, value_name = "CODE")]
        scope: Option<String>,
    },
    /// Everybody with an account
    #[command(after_help = "Example:\n  thuocdo staff list")]
    List,
    /// A new one-time link, to activate an account anew or to a new password
    #[command(
        after_help = "Examples:\n  thuocdo staff link lan@sonoivu.example.gov.vn\n  thuocdo staff link lan@sonoivu.example.gov.vn --password"
    )]
    Link {
        /// E-mail address
        email: String,
        /// To a new password alone; the person's one-time codes stay
        #[arg(long)]
        password: bool,
    },
    /// Closes an account: its sessions end at once
    #[command(after_help = "Example:\n  thuocdo staff close lan@sonoivu.example.gov.vn")]
    Close {
        /// E-mail address
        email: String,
    },
    /// The staff log: its newest acts, a check of its chain, a file to take away
    #[command(
        after_help = "Examples:\n  thuocdo staff log\n  thuocdo staff log --verify\n  thuocdo staff log --export log.csv\n  thuocdo staff log --check log.csv --head 42:9f86…"
    )]
    Log(staff_log::LogArgs),
}

/// `thuocdo staff …`.
pub(super) async fn act(settings: &Settings, act: StaffAct) -> anyhow::Result<()> {
    if let StaffAct::Log(args) = act {
        return staff_log::log(settings, args).await;
    }
    let opening = if matches!(act, StaffAct::Add { .. }) { Opening::Create } else { Opening::Existing };
    let prepared = app::prepare(settings, opening, Data::Real).await?;
    let Prepared { db, province, keys } = &prepared;
    let base_url = settings.base_url();
    let letters = mail::is_possible(settings).then_some(base_url.as_str());
    let office = Office { db, province: *province, keys, now: Moment::now(), letters };
    match act {
        StaffAct::Add { email, name, role, unit, scope } => {
            let snapshot = Snapshot::load(db, *province).await?;
            let own_unit = unit.as_deref().map_or(Ok(UnitId::NONE), |code| unit_of(&snapshot, code))?;
            let unit = match scope.as_deref() {
                Some("all") => UnitId::NONE,
                Some(code) => unit_of(&snapshot, code)?,
                None if own_unit == UnitId::NONE => {
                    bail!("say --unit CODE, --scope CODE, or --scope all for the whole province")
                }
                None => own_unit,
            };
            let invitation = Invitation { email: &email, name: &name, own_unit, grant: Grant { role, unit } };
            let invited = staff::invite(&office, COMMAND_LINE, invitation).await?.map_err(refused)?;
            say(told(settings, &invited, "good for 3 days").as_bytes())?;
        }
        StaffAct::List => say(list(&office, &Snapshot::load(db, *province).await?).await?.as_bytes())?,
        StaffAct::Link { email, password } => {
            let who = find(&office, &email).await?;
            let (kind, time) = if password {
                (LinkKind::Password, "good for 60 minutes")
            } else {
                (LinkKind::Activate, "good for 3 days")
            };
            let invited = staff::new_link(&office, COMMAND_LINE, who, kind).await?.map_err(refused)?;
            say(told(settings, &invited, time).as_bytes())?;
        }
        StaffAct::Log(_) => {}
        StaffAct::Close { email } => {
            let who = find(&office, &email).await?;
            staff::close(&office, COMMAND_LINE, who).await?.map_err(refused)?;
            say(format!("{} is closed\n", staff::email_of(&email)).as_bytes())?;
        }
    }
    Ok(prepared.db.close().await?)
}

fn told(settings: &Settings, invited: &staff::Invited, time: &str) -> String {
    let base = settings.base_url();
    format!("{}: one-time link, {time}\n{base}/quan-tri/kich-hoat/{}\n", invited.person.email, invited.token)
}

fn unit_of(snapshot: &Snapshot, code: &str) -> anyhow::Result<UnitId> {
    let unit = snapshot.directory.unit_by_code(code);
    unit.with_context(|| format!("there is no unit “{code}”; import the units first, or mend the code"))
}

async fn find(office: &Office<'_>, email: &str) -> anyhow::Result<StaffId> {
    let email = staff::email_of(email);
    let person = stored::by_email(office.db.reader(), office.province, &email).await?;
    let person =
        person.with_context(|| format!("nobody has the address “{email}”; `thuocdo staff list` shows who does"))?;
    Ok(person.staff)
}

fn refused(refusal: AccountRefusal) -> anyhow::Error {
    anyhow::anyhow!(match refusal {
        AccountRefusal::Email => "this is no e-mail address; write one such as lan@sonoivu.example.gov.vn",
        AccountRefusal::EmailTaken => "somebody has this address already; `thuocdo staff list` shows who",
        AccountRefusal::Name => "write a name of at most 200 characters with --name",
        AccountRefusal::LastAdministrator => "this is the last administrator; make another one first",
        AccountRefusal::Unknown | AccountRefusal::Self_ | AccountRefusal::NoGrant =>
            "this account is closed; `thuocdo staff list` shows who is here",
    })
}

async fn list(office: &Office<'_>, snapshot: &Snapshot) -> anyhow::Result<String> {
    let today = office.now.day();
    let code = |unit: UnitId| match snapshot.directory.unit_on(unit, today) {
        Some(unit) => unit.code.clone(),
        None => "all".to_owned(),
    };
    let lines = staff::list(office).await?.into_iter().map(|(person, grants)| {
        let roles: Vec<String> = grants.iter().map(|grant| format!("{}@{}", grant.role, code(grant.unit))).collect();
        let state = match (person.closed, person.activated) {
            (Some(_), _) => "closed",
            (None, Some(_)) => "active",
            (None, None) => "invited",
        };
        let own = if person.own_unit == UnitId::NONE { "-".to_owned() } else { code(person.own_unit) };
        format!("{}\t{}\t{own}\t{}\t{state}\n", person.email, person.name, roles.join(","))
    });
    Ok(lines.collect())
}
