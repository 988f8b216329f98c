/**
 * The drawings, made for these drills. Classes, not colours, so that a theme can repaint them:
 * `l` line, `w` white, `h` honey, `t` teal, `s` soft, `b` brown, `g` green, `r` red. `off`/`on` show the two states of a thing.
 */

export const PICTURES = {
  lamp: `<g class="on"><circle class="glow" cx="48" cy="44" r="46"/></g><path class="s off" d="M28 14h40l14 38H14z"/><path class="h on" d="M28 14h40l14 38H14z"/>
    <path class="l" d="M28 14h40l14 38H14zM48 52v30M30 86h36"/><path class="l thin" d="M64 52v14"/><circle class="b" cx="64" cy="68" r="3"/>`,
  tomato: `<circle class="r" cx="48" cy="54" r="38"/><path class="shine" d="M26 44c4-10 12-15 22-15"/><path class="g" d="M48 26c-8-8-18-8-24-2 8 0 12 4 14 10 3-4 6-6 10-6s8 3 10 6c2-6 6-10 14-10-6-6-16-6-24 2z"/>
    <path class="l" d="M48 26c0-8 3-13 8-17"/><circle class="l" cx="48" cy="54" r="38"/>`,
  letter: `<g class="off"><path class="w" d="M8 24h80v52H8z"/><path class="l" d="M8 24h80v52H8zM8 26l40 30 40-30"/><circle class="t" cx="48" cy="56" r="8"/></g>
    <g class="on"><path class="s" d="M8 40 48 12l40 28v46H8z"/><path class="w" d="M18 8h60v48L48 74 18 56z"/><path class="l" d="M18 8h60v50M18 58V8M8 40v46h80V40M8 42l40 32 40-32"/><path class="l thin" d="M28 22h40M28 32h40M28 42h26"/></g>`,
  card: `<g class="off"><path class="h" d="M14 16h68v64H14z"/><path class="l" d="M14 16h68v64H14z"/><path class="r" d="M48 66C30 54 26 44 32 38c6-5 13-2 16 4 3-6 10-9 16-4 6 6 2 16-16 28z"/></g>
    <g class="on"><path class="h" d="M6 20 46 12v64L6 84z"/><path class="w" d="M46 12h44v64H46z"/><path class="l" d="M6 20 46 12h44v64H46L6 84zM46 12v64"/><path class="l thin" d="M56 30h24M56 42h24M56 54h14"/></g>`,
  drawer: `<g class="off"><path class="b" d="M4 22h88v52H4z"/><path class="l" d="M4 22h88v52H4zM14 32h68v32H14z"/><circle class="h" cx="48" cy="48" r="7"/><circle class="l" cx="48" cy="48" r="7"/></g>
    <g class="on"><path class="s" d="M12 10h72v30H12z"/><path class="h" d="M26 18h16v18H26zM52 14h18v22H52z"/><path class="b" d="M4 40h88v48H4z"/><path class="l" d="M12 40V10h72v30M26 38V18h16v20M52 38V14h18v24M4 40h88v48H4z"/><circle class="h" cx="48" cy="64" r="7"/><circle class="l" cx="48" cy="64" r="7"/></g>`,
  milk: `<path class="w" d="M24 34 36 14h24l12 20v52H24z"/><path class="t" d="M24 48h48v22H24z"/><path class="l" d="M24 34 36 14h24l12 20v52H24zM24 34h48M36 14V6h24v8"/><path class="w" d="M48 52c5 6 6 8 6 10a6 6 0 0 1-12 0c0-2 1-4 6-10z"/>`,
  pasta: `<path class="h" d="M22 14h52v70H22z"/><path class="w" d="M30 38h36v28H30z"/><path class="l" d="M22 14h52v70H22z"/><path class="l thin" d="M34 46c6-4 10 4 16 0s6 0 12 0M34 54c6-4 10 4 16 0s6 0 12 0M34 62c6-4 10 4 16 0s6 0 12 0M22 24h52"/>`,
  soap: `<path class="t" d="M30 36h36c6 4 8 10 8 16v34H22V52c0-6 2-12 8-16z"/><path class="l" d="M30 36h36c6 4 8 10 8 16v34H22V52c0-6 2-12 8-16zM48 36V22M36 22h22v-8H44c-6 0-8 3-8 8z"/><path class="w" d="M32 56h32v18H32z"/><circle class="l thin" cx="42" cy="65" r="5"/><circle class="l thin" cx="54" cy="63" r="3"/>`,
  yogurt: `<path class="w" d="M8 34h36l-4 46H12zM52 34h36l-4 46H56z"/><path class="r" d="M11 52h30l-1 14H12zM55 52h30l-1 14H56z"/><path class="l" d="M8 34h36l-4 46H12zM52 34h36l-4 46H56zM4 34h40M52 34h40M8 26h36v8M52 34v-8h36v8M8 26v8"/>`,
  rice: `<path class="w" d="M24 24c6 6 42 6 48 0l6 60H18z"/><path class="g" d="M30 46h36v24H30z"/><path class="l" d="M24 24c6 6 42 6 48 0l6 60H18zM28 24c-4-10 6-12 8-16h24c2 4 12 6 8 16"/><path class="w" d="M38 54h4v8h-4zM46 54h4v8h-4zM54 54h4v8h-4z"/>`,
  fridge: `<path class="w" d="M22 4h52v84H22z"/><path class="l" d="M22 4h52v84H22zM22 34h52M32 14v12M32 44v20M28 88v4M68 88v4"/><path class="t" d="M52 46l3 6 6 1-5 4 2 7-6-4-6 4 2-7-5-4 6-1z"/>`,
  cupboard: `<path class="b" d="M6 14h84v68H6z"/><path class="l" d="M6 14h84v68H6zM48 14v68M14 24h26v48H14zM56 24h26v48H56z"/><circle class="h" cx="36" cy="48" r="4"/><circle class="h" cx="60" cy="48" r="4"/>`,
  sink: `<path class="s" d="M4 34h88v12H4z"/><path class="b" d="M10 46h76v42H10z"/><path class="l" d="M4 34h88v12H4zM10 46h76v42H10zM48 46v42M46 34V14c0-8 16-8 16 0v6M18 62h22M56 62h22"/><path class="t" d="M62 22c3 4 4 5 4 7a4 4 0 0 1-8 0c0-2 1-3 4-7z"/>`,
};

export const SCENES = {
  house: `<path class="s" d="M0 0h800v500H0z"/><path class="w" d="M60 60h680v400H60z"/><path class="b" d="M20 66 400 0l380 66v-8L400-8 20 58z"/>
    <path class="l" d="M60 60v400M740 60v400M60 236h680M60 460h680M340 60v176M460 60v176M400 236v224"/><path class="g" d="M0 460h800v40H0z"/>
    <path class="t" d="M90 180h120v50H90z"/><path class="w" d="M90 172h40v18H90z"/><path class="l" d="M90 230v-60M210 230v-50"/>
    <path class="b" d="M90 400h200v54H90z"/><path class="s" d="M100 372h180v32H100z"/><path class="l" d="M90 400h200v54H90zM100 400v-28h180v28"/>
    <path class="w" d="M490 390h160v64H490z"/><path class="l" d="M490 390h160v64H490zM570 390v64M500 376h40v14M680 460V330h40v130"/>
    <path class="w" d="M490 190h110v30H490z"/><path class="l" d="M484 190h122c0 20-8 34-20 34h-82c-12 0-20-14-20-34zM660 110h50v60h-50z"/>`,
  garden: `<path class="s" d="M0 0h800v500H0z"/><path class="g pale" d="M0 150c120-60 240-50 360-10s280 40 440-20v380H0z"/>
    <path class="b" d="M0 410h800v90H0z"/><path class="l thin" d="M20 440h760M20 470h760"/>
    <path class="l stake" d="M160 420V90M400 420V90M640 420V90"/>
    <path class="g" d="M160 130c-80 0-110 50-100 110-50 40-30 110 40 120 40 40 110 30 130-10 60-10 70-90 30-110 10-70-40-110-100-110zM400 130c-80 0-110 50-100 110-50 40-30 110 40 120 40 40 110 30 130-10 60-10 70-90 30-110 10-70-40-110-100-110zM640 130c-80 0-110 50-100 110-50 40-30 110 40 120 40 40 110 30 130-10 60-10 70-90 30-110 10-70-40-110-100-110z"/>
    <path class="l thin leaf" d="M110 220c30 0 50 10 50 40M210 280c-30 0-50 10-50 40M350 220c30 0 50 10 50 40M450 280c-30 0-50 10-50 40M590 220c30 0 50 10 50 40M690 280c-30 0-50 10-50 40"/>`,
  hall: `<path class="w" d="M0 0h800v500H0z"/><path class="s" d="M0 0h800v240H0z"/><path class="b" d="M40 236h720v14H40z"/><path class="l" d="M40 236h720v14H40zM90 250v24M710 250v24"/>
    <path class="b pale" d="M90 290h620v190H90z"/><path class="l" d="M90 290h620v190H90zM400 290v190M110 480v18M690 480v18"/>`,
};
