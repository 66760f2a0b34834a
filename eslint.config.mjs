// The rules for JavaScript; its layout is prettier's affair. `./book test --only eslint`
import js from "@eslint/js";
import globals from "globals";

const LINE = 100;

export default [
  { ignores: ["build/", "b/", "node_modules/", "practice/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-implicit-globals": "error",
      "no-unused-vars": ["error", { caughtErrors: "none", ignoreRestSiblings: true }],
      "no-var": "error",
      "prefer-const": "error",
      // Exercises mark off what they report by control characters.
      "no-control-regex": "off",
      // Prettier breaks lines where it can. A message stays whole, so that it can be searched for.
      "max-len": [
        "error",
        {
          code: LINE,
          ignoreRegExpLiterals: true,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreUrls: true,
        },
      ],
    },
  },
  {
    files: ["tools/site/play/**/*.js"],
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
  },
  { files: ["tools/site/play/sw.js"], languageOptions: { globals: globals.serviceworker } },
  {
    files: ["tools/site/static/**/*.js", "tools/weave/static/**/*.js"],
    languageOptions: { globals: globals.browser, sourceType: "script" },
  },
  {
    // Run by Node; page tests hand functions to a browser.
    files: ["**/*.mjs", "tools/site/play/terminal/**"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
];
