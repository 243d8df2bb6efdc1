//! Why a letter cannot be written as somebody wants it.

says! {
    ADDRESS = "Địa chỉ thư điện tử chưa đúng. Xin nhập dạng ten@coquan.gov.vn.",
        "This is no e-mail address. Please write it as name@office.gov.vn.";
    NAME = "Tên người nhận quá dài (tối đa 200 ký tự) hoặc có ký tự xuống dòng.",
        "The name of the addressee is too long (at most 200 characters) or holds a line break.";
    SUBJECT = "Tiêu đề thư trống, quá dài (tối đa 200 ký tự) hoặc có ký tự xuống dòng.",
        "The subject is empty, too long (at most 200 characters) or holds a line break.";
    TEXT = "Nội dung thư quá dài (tối đa 64 KB) hoặc có ký tự điều khiển.",
        "The text is too long (at most 64 KB) or holds control characters.";
}
