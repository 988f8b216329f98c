/** More drawings, of the same classes as those of art.js: a street map, a computer's desk, and what stands there. */

const SHEET = `<path class="w" d="M20 6h40l18 18v66H20z"/><path class="l" d="M20 6h40l18 18v66H20zM60 6v18h18"/>`;

export const MORE_PICTURES = {
  cross: `<circle class="g" cx="48" cy="48" r="44"/><path class="w" d="M38 18h20v20h20v20H58v20H38V58H18V38h20z"/><circle class="l" cx="48" cy="48" r="44"/>`,
  bus: `<circle class="t" cx="48" cy="48" r="44"/><path class="w" d="M22 26h52v38H22z"/><path class="l" d="M22 26h52v38H22zM22 46h52M48 26v20"/><circle class="h" cx="34" cy="66" r="7"/><circle class="h" cx="62" cy="66" r="7"/><circle class="l" cx="48" cy="48" r="44"/>`,
  bread: `<circle class="h" cx="48" cy="48" r="44"/><path class="b" d="M16 58C20 34 60 20 78 30c8 6 0 24-20 34-18 8-40 8-42-6z"/><path class="l" d="M16 58C20 34 60 20 78 30c8 6 0 24-20 34-18 8-40 8-42-6zM34 46l8 12M50 36l8 14"/><circle class="l" cx="48" cy="48" r="44"/>`,
  book: `<circle class="w" cx="48" cy="48" r="44"/><path class="t" d="M18 28c12-4 22-2 30 4v38c-8-6-18-8-30-4z"/><path class="s" d="M78 28c-12-4-22-2-30 4v38c8-6 18-8 30-4z"/><path class="l" d="M18 28c12-4 22-2 30 4v38c-8-6-18-8-30-4zM78 28c-12-4-22-2-30 4v38c8-6 18-8 30-4z"/><circle class="l" cx="48" cy="48" r="44"/>`,
  tree: `<circle class="s" cx="48" cy="48" r="44"/><path class="b" d="M42 54h12v28H42z"/><circle class="g" cx="48" cy="40" r="24"/><circle class="l" cx="48" cy="40" r="24"/><path class="l" d="M48 50v32"/><circle class="l" cx="48" cy="48" r="44"/>`,
  school: `<circle class="w" cx="48" cy="48" r="44"/><path class="b" d="M22 44 48 24l26 20v30H22z"/><path class="l" d="M22 44 48 24l26 20v30H22zM42 74V56h12v18"/><circle class="l" cx="48" cy="48" r="44"/>`,
  drop: `<circle class="t" cx="48" cy="48" r="44"/><path class="w" d="M48 16c14 20 22 30 22 40a22 22 0 0 1-44 0c0-10 8-20 22-40z"/><path class="l" d="M48 16c14 20 22 30 22 40a22 22 0 0 1-44 0c0-10 8-20 22-40z"/><circle class="l" cx="48" cy="48" r="44"/>`,
  folder: `<path class="h" d="M6 22h32l8 10h44v50H6z"/><path class="l" d="M6 22h32l8 10h44v50H6zM6 40h84"/>`,
  photo: `<path class="w" d="M8 16h80v64H8z"/><path class="s" d="M16 24h64v48H16z"/><path class="g" d="M16 72l20-26 16 16 10-12 18 22z"/><circle class="h" cx="64" cy="36" r="7"/><path class="l" d="M8 16h80v64H8z"/><path class="l thin" d="M16 72l20-26 16 16 10-12 18 22"/>`,
  sideways: `<g transform="rotate(-90 48 48)"><path class="w" d="M8 16h80v64H8z"/><path class="s" d="M16 24h64v48H16z"/><path class="b" d="M32 72V52l16-14 16 14v20z"/><path class="l" d="M8 16h80v64H8z"/><path class="l thin" d="M32 72V52l16-14 16 14v20z"/></g>`,
  upright: `<path class="w" d="M8 16h80v64H8z"/><path class="s" d="M16 24h64v48H16z"/><path class="b" d="M32 72V52l16-14 16 14v20z"/><path class="l" d="M8 16h80v64H8z"/><path class="l thin" d="M32 72V52l16-14 16 14v20z"/>`,
  sheet: `${SHEET}<path class="l thin" d="M30 38h34M30 50h34M30 62h34M30 74h20"/>`,
  bin: `<path class="s" d="M24 30h48l-5 58H29z"/><path class="l" d="M24 30h48l-5 58H29zM16 30h64M38 30V18h20v12M40 44v30M56 44v30"/>`,
  cake: `<path class="h" d="M14 48h68v36H14z"/><path class="r" d="M14 48h68v12H14z"/><path class="l" d="M14 48h68v36H14zM34 48V30M48 48V26M62 48V30"/><path class="h" d="M34 20l4 8h-8zM48 16l4 8h-8zM62 20l4 8h-8z"/>`,
  clock: `<circle class="w" cx="48" cy="48" r="38"/><path class="l" d="M48 24v24l16 10"/><circle class="l" cx="48" cy="48" r="38"/>`,
  shut: `<path class="s" d="M10 10h76v76H10z"/><path class="l" d="M10 10h76v76H10zM30 30l36 36M66 30 30 66"/>`,
  printer: `<path class="s" d="M10 38h76v34H10z"/><path class="w" d="M26 10h44v28H26zM26 60h44v28H26z"/><path class="l" d="M10 38h76v34H10zM26 38V10h44v28M26 60h44v28H26z"/><circle class="h" cx="74" cy="48" r="4"/>`,
  scissors: `<path class="l" d="M30 58 66 10M66 58 30 10"/><circle class="w" cx="26" cy="72" r="13"/><circle class="w" cx="70" cy="72" r="13"/><circle class="l" cx="26" cy="72" r="13"/><circle class="l" cx="70" cy="72" r="13"/>`,
  star: `<path class="h" d="m48 8 12 26 28 4-20 20 5 28-25-14-25 14 5-28L8 38l28-4z"/><path class="l" d="m48 8 12 26 28 4-20 20 5 28-25-14-25 14 5-28L8 38l28-4z"/>`,
  turn: `<path class="l" d="M76 56a30 30 0 1 1-8-30M70 10v18H52"/><circle class="t" cx="46" cy="52" r="8"/>`,
  floppy: `<path class="t" d="M12 12h60l14 14v60H12z"/><path class="w" d="M28 52h42v34H28zM30 12h32v24H30z"/><path class="l" d="M12 12h60l14 14v60H12zM28 86V52h42v34M30 12v24h32V12M52 18v10"/>`,
};

export const MORE_SCENES = {
  quarter: `<path class="s" d="M0 0h800v500H0z"/><path class="g pale" d="M560 20h220v150H560zM20 360h170v120H20z"/>
    <path class="w" d="M0 190h800v46H0zM0 330h800v30H0zM230 0h44v500h-44zM500 0h40v500h-40z"/><path class="w" d="M540 236 800 420v60L510 270z"/>
    <path class="t pale" d="M300 420c60-30 120 30 180 0v60c-60 30-120-30-180 0z"/>
    <path class="l" d="M0 190h230M274 190h226M540 190h260M0 236h230M274 236h226M0 330h230M274 330h226M0 360h230M274 360h226M230 0v190M230 236v94M230 360v140M274 0v190M274 236v94M274 360v140M500 0v190M500 236v94M500 360v140M540 0v190"/>
    <path class="b pale" d="M30 30h70v60H30zM120 110h90v60h-90zM300 30h80v50h-80zM400 100h80v70h-80zM30 260h80v50H30zM300 260h60v50h-60zM580 400h90v70h-90z"/>`,
  desktop: `<path class="t" d="M0 0h800v500H0z"/><path class="s pale" d="M0 330C140 240 260 300 400 340s280 60 400-60v220H0z"/><path class="w pale" d="M0 400c180-60 320 40 480 20s220-60 320-40v120H0z"/>`,
};
