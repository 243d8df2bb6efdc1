//! Names of the trust levels and of the channels.

use crate::text::Say;
use crate::words::{Channel, Level};

says! {
    A_LONG = "Mẫu chọn ngẫu nhiên (thư mời, điều tra viên độc lập)", "Random sample (letters, independent interviewers)";
    B_LONG = "Mã riêng theo hồ sơ, mỗi hồ sơ một lần", "Personal code of a dossier, once per dossier";
    C_LONG = "Tại chỗ, có xác nhận có mặt (máy tại sảnh, mã đổi liên tục)",
        "On site, with proof of presence (device in the hall, changing code)";
    D_LONG = "Góp ý mở (mã dán tại quầy, đường dẫn trên mạng)", "Open feedback (code on the counter, web link)";
    A_SHORT = "A · Mẫu ngẫu nhiên", "A · Random sample";
    B_SHORT = "B · Theo hồ sơ", "B · By dossier";
    C_SHORT = "C · Tại chỗ", "C · On site";
    D_SHORT = "D · Góp ý mở", "D · Open feedback";
    LEVEL = "Mức tin cậy của nguồn", "Trust level of the source";
    CHANNEL = "Kênh thu thập", "Channel";
    COUNTER_QR = "Mã QR tại quầy", "QR at the counter";
    WEB_LINK = "Đường dẫn trên mạng", "Web link";
    SLIP = "Phiếu mời theo hồ sơ", "Personal slip";
    INVITATION = "Thư mời", "Invitation";
    KIOSK = "Máy tại sảnh", "Device in the hall";
    INTERVIEWER = "Điều tra viên", "Interviewer";
    TELEPHONE = "Tổng đài", "Telephone";
    BALLOT_BOX = "Hòm phiếu niêm phong", "Sealed ballot box";
    PAPER = "Phiếu giấy", "Paper form";
}

/// The long name of a trust level.
pub const fn level_long(level: Level) -> Say {
    match level {
        Level::A => A_LONG,
        Level::B => B_LONG,
        Level::C => C_LONG,
        Level::D => D_LONG,
    }
}

/// The short name of a trust level.
pub const fn level_short(level: Level) -> Say {
    match level {
        Level::A => A_SHORT,
        Level::B => B_SHORT,
        Level::C => C_SHORT,
        Level::D => D_SHORT,
    }
}

/// The name of a channel.
pub const fn channel(channel: Channel) -> Say {
    match channel {
        Channel::CounterQr => COUNTER_QR,
        Channel::WebLink => WEB_LINK,
        Channel::Slip => SLIP,
        Channel::Invitation => INVITATION,
        Channel::Kiosk => KIOSK,
        Channel::Interviewer => INTERVIEWER,
        Channel::Telephone => TELEPHONE,
        Channel::BallotBox => BALLOT_BOX,
        Channel::Paper => PAPER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_begins_with_the_letter_of_its_level() {
        for level in Level::ALL {
            assert!(level_short(*level).vi.starts_with(level.word()));
            assert!(level_short(*level).en.starts_with(level.word()));
        }
    }
}
