import { render } from "preact";
import { App } from "./App";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/badges.css";
import "./styles/shell.css";
import "./styles/tables.css";
import "./styles/views.css";
import "./styles/dialogs.css";
import "./styles/narrow.css";

render(<App />, document.getElementById("app")!);
