import "media-chrome/lang/zh-CN";
import "media-chrome";
import "media-chrome/menu";
export { setLanguage } from "./node_modules/media-chrome/dist/utils/i18n.js";
