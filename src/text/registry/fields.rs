//! Refusals of acts on fields.

sentences! {
    unknown(name: &str) = "Không có lĩnh vực “{name}”; xin xem lại tên.", "There is no field “{name}”; mend the name.";
    taken(name: &str) = "Đã có lĩnh vực “{name}”; xin ghi tên khác.", "There is a field “{name}” already; write another name.";
}
