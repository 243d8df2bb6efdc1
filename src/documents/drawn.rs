//! Drawings as pictures: what a word processor shows on every machine, in black and white as well as in colours.

use std::sync::{Arc, LazyLock};

use anyhow::Context;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Size, Tree, fontdb};

/// Pixels across that drawings are planned for.
const PLANNED: f32 = 640.0;
/// Dots for one of these pixels: 640 across 160 mm are about 100 dpi, three times that is 300.
const SCALE: f32 = 3.0;
/// Tallest drawing, in planned pixels.
const TALLEST: f32 = 2_000.0;
/// Shades of grey and hatching: nothing needs a colour.
const STYLE: &str = include_str!("../../static/paper.css");
static REGULAR: &[u8] = include_bytes!("../../static/fonts/chart-regular.ttf");
static BOLD: &[u8] = include_bytes!("../../static/fonts/chart-bold.ttf");
/// The family both fonts have.
const FAMILY: &str = "Thuoc Do Chart";

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(REGULAR)));
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(BOLD)));
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// A drawing as a picture (PNG), with the words for whoever cannot see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub png: Vec<u8>,
    /// Width and height, in planned pixels.
    pub size: (u32, u32),
    /// What it shows, in words.
    pub description: String,
}

/// An SVG drawing of the pages as a picture. Nothing is read from anywhere else: no file, no address, no font of the machine.
pub fn drawn(svg: &str, description: &str) -> anyhow::Result<Picture> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: FONTS.clone(),
        default_size: Size::from_wh(PLANNED, PLANNED).context("while planning a drawing")?,
        style_sheet: Some(STYLE.to_owned()),
        resources_dir: None,
        ..Options::default()
    };
    let tree = Tree::from_str(&sized(svg), &options).context("while reading a drawing")?;
    let size = tree.size();
    anyhow::ensure!(size.height() <= TALLEST && size.width() <= TALLEST, "a drawing is too large for a page");
    let dots = size.scale_by(SCALE).context("while scaling a drawing")?.to_int_size();
    let mut picture = Pixmap::new(dots.width(), dots.height()).context("while making room for a picture")?;
    picture.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    let png = picture.encode_png().context("while writing a picture")?;
    let whole = size.to_int_size();
    Ok(Picture { png, size: (whole.width(), whole.height()), description: description.to_owned() })
}

/// The drawing with the width that it is planned for: on pages it is as wide as the page.
fn sized(svg: &str) -> String {
    let (head, rest) = svg.split_once('>').unwrap_or((svg, ""));
    let high = head.split_once(" height=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
    let wide = format!("width=\"{PLANNED}\" viewBox=\"0 0 {PLANNED} {high}\"");
    format!("{}>{rest}", head.replacen("width=\"100%\"", &wide, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(svg: &str) -> (usize, bool) {
        let picture = drawn(svg, "").unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&picture.png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let dots = pixels[..info.buffer_size()].chunks(info.color_type.samples());
        let dark: Vec<&[u8]> = dots.filter(|dot| dot[0] < 250).collect();
        (dark.len(), dark.iter().all(|dot| dot[0] == dot[1] && dot[1] == dot[2]))
    }

    fn text(words: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"100%\" height=\"40\"><text class=\"b\" x=\"2\" \
             y=\"20\">{words}</text></svg>"
        )
    }

    #[test]
    fn letters_of_vietnamese_are_drawn_with_their_marks_and_without_colour() {
        let (plain, _) = ink(&text("Muc do hai long"));
        let (marked, is_grey) = ink(&text("Mức độ hài lòng"));
        assert!(plain > 500 && marked > plain && is_grey, "{plain} {marked}");
        let sizes: Vec<usize> = ["ễ", "ê", "e"].into_iter().map(|letter| ink(&text(letter)).0).collect();
        assert!(sizes.windows(2).all(|pair| pair[0] > pair[1]), "{sizes:?}");
    }

    #[test]
    fn what_is_no_drawing_or_too_tall_is_refused() {
        assert!(drawn("no svg", "").is_err());
        assert!(drawn("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" height=\"9000\"/>", "").is_err());
    }
}
