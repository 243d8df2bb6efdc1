//! QR codes of addresses: as a drawing, as a picture, for a terminal.

use anyhow::Context;
use qrcode::render::svg;
use qrcode::render::unicode;
use qrcode::{Color, EcLevel, QrCode};

/// Pixels of one module in a picture, and modules of quiet zone around the code (ISO/IEC 18004).
const MODULE: usize = 12;
const QUIET: usize = 4;

/// Correction that survives print and dirt.
fn code(address: &str) -> anyhow::Result<QrCode> {
    QrCode::with_error_correction_level(address, EcLevel::Q).context("while making the QR of an address")
}

/// A drawing (SVG) in black on white.
pub fn svg(address: &str) -> anyhow::Result<String> {
    let drawn = code(address)?
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build();
    // Without the XML declaration, so that it can stand inside a page.
    Ok(drawn.split_once("?>").map_or(drawn.clone(), |(_, svg)| svg.to_owned()))
}

/// Characters for a terminal.
pub fn txt(address: &str) -> anyhow::Result<String> {
    Ok(code(address)?
        .render::<unicode::Dense1x2>()
        .dark_color(unicode::Dense1x2::Light)
        .light_color(unicode::Dense1x2::Dark)
        .build())
}

/// A picture (PNG) in black and white.
pub fn png(address: &str) -> anyhow::Result<Vec<u8>> {
    let code = code(address)?;
    let (width, colors) = (code.width(), code.to_colors());
    let side = (width + 2 * QUIET) * MODULE;
    let dark = |x: usize, y: usize| {
        let (column, row) = ((x / MODULE).checked_sub(QUIET), (y / MODULE).checked_sub(QUIET));
        match (column, row) {
            (Some(column), Some(row)) if column < width => colors.get(row * width + column) == Some(&Color::Dark),
            _ => false,
        }
    };
    let pixels: Vec<u8> =
        (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).map(|(x, y)| if dark(x, y) { 0 } else { 255 }).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, u32::try_from(side)?, u32::try_from(side)?);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().context("while writing a PNG")?;
    writer.write_image_data(&pixels).context("while writing a PNG")?;
    writer.finish().context("while writing a PNG")?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_code_is_made() {
        let address = "http://127.0.0.1:8080/q/ABCDEFGHJ";
        assert!(svg(address).unwrap().starts_with("<svg"));
        assert!(png(address).unwrap().starts_with(b"\x89PNG"));
        assert!(txt(address).unwrap().lines().count() > 10);
    }
}
