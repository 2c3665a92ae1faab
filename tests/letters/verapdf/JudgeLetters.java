import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files with veraPDF against PDF/A-2a and PDF/UA-1.
 *
 * One line per file and profile: file, profile, rules, assertions, then the broken rules, divided by tabs.
 * veraPDF's own reader of profiles needs a library (JAXB) that the archive lacks; the profiles are read here instead.
 */
class JudgeLetters {
    private static final List<String> PROFILES = List.of("PDFA-2A", "PDFUA-1");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : PROFILES) {
            ValidationProfile profile = read(name);
            for (String file : files) {
                OUT.println(file + "\t" + name + "\t" + profile.getRules().size() + "\t" + judge(file, profile));
            }
        }
    }

    /** How many assertions were made, and which rules failed. */
    private static String judge(String file, ValidationProfile profile) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(new File(file), profile.getPDFAFlavour());
                var validator = ValidatorFactory.createValidator(profile, false)) {
            var result = validator.validate(parser);
            Set<String> broken = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    var rule = assertion.getRuleId();
                    broken.add(rule.getClause() + "-" + rule.getTestNumber());
                }
            }
            if (!result.isCompliant() && broken.isEmpty()) {
                broken.add("not-compliant");
            }
            return result.getTotalAssertions() + "\t" + String.join(" ", broken);
        }
    }

    private static ValidationProfile read(String name) throws Exception {
        Element root;
        try (InputStream in = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
            root = document.getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
                    words(variable, "defaultValue"), words(variable, "value")));
        }
        var details = Profiles.profileDetailsFromValues(name, "", "", new java.util.Date(0));
        return Profiles.profileFromValues(PDFAFlavour.valueOf(root.getAttribute("flavour")), details, "", rules,
                variables);
    }

    private static Rule rule(Element rule) {
        Element id = all(rule, "id").get(0);
        List<ErrorArgument> arguments = all(rule, "argument").stream()
                .map(each -> ErrorArgumentImpl.fromValues(each.getTextContent(), optional(each, "name"), null))
                .collect(Collectors.toList());
        String deferred = optional(rule, "deferred");
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"), deferred == null ? null : Boolean.valueOf(deferred),
                optional(rule, "tags"), words(rule, "description"), words(rule, "test"),
                Profiles.errorFromValues(words(rule, "message"), arguments), new ArrayList<>());
    }

    private static List<Element> all(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(place -> (Element) found.item(place))
                .collect(Collectors.toList());
    }

    private static String words(Element parent, String name) {
        List<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }

    private static String optional(Element element, String name) {
        return element.hasAttribute(name) ? element.getAttribute(name) : null;
    }
}
