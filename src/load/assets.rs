//! Learns of a file that is copied what pages need to know: the size of an image.

use crate::base::fs::{self, Found};
use crate::base::path::SourcePath;
use crate::model::asset::File;

/// As much of an image as is read to find its size.
const HEAD: u64 = 64 * 1024;

/// Describes a file; an image's width and height come from its header.
pub fn describe(path: SourcePath, found: Found, is_static: bool) -> File {
    let dimensions = match path.extension().to_ascii_lowercase().as_str() {
        "svg" => svg_size(&String::from_utf8_lossy(&fs::read_head(&found.path, HEAD))),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "bmp" | "ico" => raster_size(&found),
        _ => None,
    };
    File { path, disk: found.path, stamp: found.stamp, dimensions, is_static }
}

fn raster_size(found: &Found) -> Option<(u32, u32)> {
    let head = fs::read_head(&found.path, HEAD);
    // The size of a JPEG may stand behind a large preview, so a miss in the head is followed by the whole file.
    let size = imagesize::blob_size(&head).ok().or_else(|| {
        let whole = (found.stamp.size > HEAD).then(|| fs::read_if_there(&found.path).ok().flatten()).flatten()?;
        imagesize::blob_size(&whole).ok()
    })?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// The width and height attributes of an SVG, else those of its `viewBox`.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let tags = crate::base::html::opening_tags(text);
    let svg = tags.iter().find(|tag| tag.is("svg"))?;
    let pixels = |name: &str| {
        let value = svg.attribute(name)?.value.trim().trim_end_matches("px");
        value.parse::<f64>().ok().filter(|size| *size >= 1.0 && *size < 100_000.0)
    };
    let whole = |size: f64| size.round() as u32;
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some((whole(width), whole(height)));
    }
    let view_box = svg.attribute("viewbox")?.value;
    let parts: Vec<f64> =
        view_box.split([' ', ',']).filter(|part| !part.is_empty()).map_while(|part| part.parse().ok()).collect();
    match parts[..] {
        [_, _, width, height] if (1.0..100_000.0).contains(&width) && (1.0..100_000.0).contains(&height) => {
            Some((whole(width), whole(height)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::svg_size;

    #[test]
    fn sizes_of_drawings() {
        assert_eq!(svg_size("<?xml version='1.0'?><svg width=\"640px\" height='360'>"), Some((640, 360)));
        assert_eq!(svg_size("<svg viewBox=\"0 0 20.4 10\" width='100%'>"), Some((20, 10)));
        assert_eq!(svg_size("<svg>"), None);
    }
}
