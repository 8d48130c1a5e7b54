// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Test} from "forge-std/Test.sol";
import {AID} from "../src/dollar/AID.sol";
import {GaibToken} from "../src/governance/GaibToken.sol";
import {IAssetRegistry} from "../src/interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../src/interfaces/IAttestationRegistry.sol";
import {ICategoryRegistry} from "../src/interfaces/ICategoryRegistry.sol";
import {IDealVault} from "../src/interfaces/IDealVault.sol";
import {AssetRegistry} from "../src/onramp/AssetRegistry.sol";
import {CapacityIssuer} from "../src/onramp/CapacityIssuer.sol";
import {CategoryRegistry} from "../src/onramp/CategoryRegistry.sol";
import {IFaultProver} from "../src/interfaces/IFaultProver.sol";
import {DisputeCourt} from "../src/proof/DisputeCourt.sol";
import {FaultProver} from "../src/proof/FaultProver.sol";
import {AttestationRegistry} from "../src/proof/AttestationRegistry.sol";
import {ValidatorSet} from "../src/proof/ValidatorSet.sol";
import {AssetPool} from "../src/reward/AssetPool.sol";
import {DealDesk} from "../src/reward/DealDesk.sol";
import {DealVault} from "../src/reward/DealVault.sol";
import {PerformanceOracle} from "../src/reward/PerformanceOracle.sol";

/// @dev The whole protocol as the deployment plan makes it, with four validators, and what tests need to drive it.
abstract contract Fixture is Test {
    uint64 internal constant GUARDIAN = 1;
    uint64 internal constant GOVERNOR = 2;
    uint64 internal constant DESK = 3;
    uint64 internal constant ISSUER = 4;
    uint64 internal constant SLASHER = 5;
    uint64 internal constant COURT = 6;
    uint64 internal constant MINTER = 7;
    uint64 internal constant CURATOR = 8;

    uint16 internal constant HOST = 1;
    bytes32 internal constant HOST_HOUR = keccak256("host-hour");
    uint8 internal constant LIVE = 7;
    uint256 internal constant STAKE = 10_000e18;
    uint48 internal constant WINDOW = 1 days;
    uint256 internal constant EPOCH = 1 hours;

    address internal admin = makeAddr("admin");
    address internal guardian = makeAddr("guardian");
    address internal treasury = makeAddr("treasury");
    address internal court = makeAddr("court");
    address internal lender = makeAddr("lender");
    address internal servicer = makeAddr("servicer");
    address internal receiver = makeAddr("receiver");
    address internal owner;
    uint256 internal ownerKey;
    address internal machine;
    uint256 internal machineKey;
    /// @dev Ascending by address, as signatures must be.
    uint256[] internal signerKeys;
    address[] internal operators;

    AccessManager internal access;
    GaibToken internal gaib;
    AID internal aid;
    ValidatorSet internal validators;
    CategoryRegistry internal categories;
    AttestationRegistry internal attestations;
    AssetRegistry internal registry;
    CapacityIssuer internal issuer;
    PerformanceOracle internal oracle;
    DealDesk internal desk;
    AssetPool internal pool;
    FaultProver internal prover;
    DisputeCourt internal disputes;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        (owner, ownerKey) = makeAddrAndKey("owner");
        (machine, machineKey) = makeAddrAndKey("machine");
        _deployProof();
        _deployOnramp();
        _deployReward();
        _wire();
        vm.warp(block.timestamp + 1);
    }

    /* DEPLOYMENT */

    function _deployProof() private {
        access = new AccessManager(admin);
        gaib = new GaibToken(treasury);
        aid = new AID(address(access));
        validators = new ValidatorSet(address(access), IERC20(gaib), 1000e18, 7 days, WINDOW, 5 days);
        categories = new CategoryRegistry(address(access));
        _stake(4, STAKE);
        attestations = new AttestationRegistry(address(access), validators, categories, EPOCH, 24, WINDOW);
    }

    function _deployOnramp() private {
        registry = new AssetRegistry(address(access), attestations, categories, false);
        issuer = new CapacityIssuer(address(access), registry, attestations);
    }

    function _deployReward() private {
        oracle = new PerformanceOracle(address(access), attestations, 2_000, 48);
        desk = new DealDesk(address(access), registry, attestations, oracle, address(new DealVault()), 0);
        AssetPool.Setup memory setup =
            AssetPool.Setup("GAIB Compute Pool", "gCOMP", 7 days, 5_000, 5_000, 1_500, treasury);
        pool = new AssetPool(address(access), IERC20(aid), desk, setup);
        prover = new FaultProver(validators, attestations, registry, categories, 10_000, 1_000);
        disputes = new DisputeCourt(
            address(access),
            IERC20(gaib),
            validators,
            attestations,
            registry,
            DisputeCourt.Setup(100e18, 1 days, 1 days, 1 days, 1 days, 5_000, 1_000, treasury)
        );
    }

    function _wire() private {
        vm.startPrank(admin);
        access.grantRole(GUARDIAN, guardian, 0);
        access.grantRole(GOVERNOR, admin, 0);
        access.grantRole(DESK, address(desk), 0);
        access.grantRole(ISSUER, address(issuer), 0);
        access.grantRole(COURT, court, 0);
        access.grantRole(SLASHER, court, 0);
        access.grantRole(COURT, address(prover), 0);
        access.grantRole(SLASHER, address(prover), 0);
        access.grantRole(COURT, address(disputes), 0);
        access.grantRole(SLASHER, address(disputes), 0);
        _let(address(disputes), DisputeCourt.decide.selector, GOVERNOR);
        access.grantRole(MINTER, admin, 0);
        access.grantRole(CURATOR, admin, 0);
        _let(address(validators), ValidatorSet.slash.selector, SLASHER);
        _let(address(validators), ValidatorSet.hold.selector, SLASHER);
        _let(address(validators), ValidatorSet.reinstate.selector, GOVERNOR);
        _let(address(categories), CategoryRegistry.setCategory.selector, GOVERNOR);
        _let(address(categories), CategoryRegistry.setLimit.selector, GOVERNOR);
        _let(address(categories), CategoryRegistry.setLimits.selector, GOVERNOR);
        _let(address(attestations), AttestationRegistry.markDispute.selector, COURT);
        _let(address(attestations), AttestationRegistry.annul.selector, COURT);
        _let(address(registry), registry.setAllowed.selector, GOVERNOR);
        _let(address(registry), registry.setConsecutiveAllowed.selector, GOVERNOR);
        _let(address(registry), registry.setBaseUri.selector, GOVERNOR);
        _let(address(registry), registry.forcedTransfer.selector, GOVERNOR);
        _let(address(registry), registry.setFrozenTokens.selector, GOVERNOR);
        _let(address(registry), registry.setListed.selector, DESK);
        _let(address(registry), registry.enforce.selector, DESK);
        _let(address(registry), registry.setCapacityLock.selector, ISSUER);
        _let(address(registry), registry.setDisputed.selector, COURT);
        _let(address(registry), registry.annul.selector, COURT);
        _let(address(issuer), CapacityIssuer.pause.selector, GUARDIAN);
        _let(address(issuer), CapacityIssuer.unpause.selector, GOVERNOR);
        _let(address(issuer), CapacityIssuer.switchAllowList.selector, GOVERNOR);
        _let(address(issuer), CapacityIssuer.setAllowed.selector, GOVERNOR);
        _let(address(issuer), CapacityIssuer.setFrozenTokens.selector, GOVERNOR);
        _let(address(issuer), CapacityIssuer.forcedTransfer.selector, GOVERNOR);
        _let(address(oracle), PerformanceOracle.setDisputed.selector, GUARDIAN);
        _let(address(desk), DealDesk.pause.selector, GUARDIAN);
        _let(address(desk), DealDesk.unpause.selector, GOVERNOR);
        _let(address(desk), DealDesk.setFees.selector, GOVERNOR);
        _let(address(pool), AssetPool.pause.selector, GUARDIAN);
        _let(address(pool), AssetPool.unpause.selector, GOVERNOR);
        _let(address(pool), AssetPool.switchAllowList.selector, GOVERNOR);
        _let(address(pool), AssetPool.setAllowed.selector, GOVERNOR);
        _let(address(pool), AssetPool.setFrozenTokens.selector, GOVERNOR);
        _let(address(pool), AssetPool.forcedTransfer.selector, GOVERNOR);
        _let(address(pool), AssetPool.fund.selector, CURATOR);
        _let(address(pool), AssetPool.closeDeal.selector, CURATOR);
        _let(address(aid), AID.mint.selector, MINTER);
        desk.setFees(IDealVault.Fees(100, 25, 25, treasury));
        categories.setCategory(HOST, ICategoryRegistry.Category("compute.host", "host-hour", LIVE, bytes32(0)));
        vm.stopPrank();
        issuer.createClass("host-hour");
    }

    function _let(address target, bytes4 selector, uint64 role) internal {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        access.setTargetFunctionRole(target, selectors, role);
    }

    /* VALIDATORS */

    function _stake(uint256 count, uint256 amount) internal {
        for (uint256 i; i < count; ++i) {
            (address operator,) = makeAddrAndKey(string.concat("operator", vm.toString(operators.length)));
            (, uint256 key) = makeAddrAndKey(string.concat("signer", vm.toString(operators.length)));
            operators.push(operator);
            _insert(key);
            vm.prank(treasury);
            gaib.transfer(operator, amount);
            vm.startPrank(operator);
            gaib.approve(address(validators), amount);
            validators.stake(amount, vm.addr(key));
            vm.stopPrank();
        }
    }

    function _insert(uint256 key) private {
        signerKeys.push(key);
        for (uint256 i = signerKeys.length - 1; i > 0 && vm.addr(signerKeys[i]) < vm.addr(signerKeys[i - 1]); --i) {
            (signerKeys[i], signerKeys[i - 1]) = (signerKeys[i - 1], signerKeys[i]);
        }
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Signatures of the first `count` signers, each with evidence of its own.
    function _attestBy(IAttestationRegistry.Statement memory statement, uint256 count)
        internal
        view
        returns (bytes32[] memory evidence, bytes[] memory signatures)
    {
        (evidence, signatures) = (new bytes32[](count), new bytes[](count));
        for (uint256 i; i < count; ++i) {
            evidence[i] = keccak256(abi.encode(i));
            signatures[i] = _sign(signerKeys[i], attestations.attestationDigest(statement, evidence[i]));
        }
    }

    function _statement(bytes32 key, bytes32 root, address owner_)
        internal
        view
        returns (IAttestationRegistry.Statement memory)
    {
        return IAttestationRegistry.Statement(
            key, root, HOST, owner_, LIVE, attestations.currentEpoch(), uint64(block.timestamp + 400 days)
        );
    }

    function _attest(bytes32 key, bytes32 root, address owner_) internal {
        IAttestationRegistry.Statement memory statement = _statement(key, root, owner_);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        attestations.submit(statement, evidence, signatures);
    }

    function _attestFigure(bytes32 key, bytes32 root, bytes32 subject, uint128 value) internal {
        IAttestationRegistry.Figure memory figure =
            IAttestationRegistry.Figure(key, root, HOST, subject, value, attestations.currentEpoch());
        bytes[] memory signatures = new bytes[](3);
        bytes32 digest = attestations.figureDigest(figure);
        for (uint256 i; i < 3; ++i) {
            signatures[i] = _sign(signerKeys[i], digest);
        }
        attestations.submitFigure(figure, signatures);
    }

    /// @dev Validators sign for an epoch from its second second on.
    function _warp(uint256 time) internal {
        vm.warp(time);
        if (attestations.epochStart(attestations.currentEpoch()) == block.timestamp) vm.warp(block.timestamp + 1);
    }

    function _perform(bytes32 key, uint16 uptime, uint16 benchmark) internal returns (uint64 epoch) {
        epoch = attestations.currentEpoch();
        IAttestationRegistry.Performance memory performance =
            IAttestationRegistry.Performance(key, epoch, uptime, benchmark);
        (bytes32[] memory evidence, bytes[] memory signatures) = (new bytes32[](3), new bytes[](3));
        for (uint256 i; i < 3; ++i) {
            evidence[i] = bytes32(i);
            signatures[i] = _sign(signerKeys[i], attestations.performanceDigest(performance, evidence[i]));
        }
        oracle.post(performance, evidence, signatures);
    }

    /* ASSETS */

    function _manifest(bytes32 key, bytes32 root) internal view returns (IAssetRegistry.AssetManifest memory) {
        return IAssetRegistry.AssetManifest(key, root, HOST, owner, machine);
    }

    function _register(IAssetRegistry.AssetManifest memory manifest) internal returns (uint256 deedId) {
        bytes32 digest = registry.manifestDigest(manifest);
        return registry.register(manifest, _sign(ownerKey, digest), _sign(machineKey, digest));
    }

    /// @dev An attested, active deed with `units` of host capacity attested.
    function _deed(string memory name, uint128 units) internal returns (uint256 deedId) {
        bytes32 key = keccak256(bytes(name));
        bytes32 root = keccak256(abi.encode("root", name));
        _attest(key, root, owner);
        if (units != 0) _attestFigure(key, root, HOST_HOUR, units);
        return _register(_manifest(key, root));
    }

    /* MONEY */

    function _mint(address to, uint256 amount) internal {
        vm.prank(admin);
        aid.mint(to, amount);
    }

    function _deposit(address who, uint256 amount) internal returns (uint256 shares) {
        _mint(who, amount);
        vm.startPrank(who);
        aid.approve(address(pool), amount);
        shares = pool.deposit(amount, who);
        vm.stopPrank();
    }

    function _debt() internal view returns (IDealVault.Terms memory terms) {
        terms.kind = IDealVault.Kind.Debt;
        terms.rateBps = 1_200;
        terms.periods = 12;
        terms.periodLength = 30 days;
        terms.cure = 14 days;
        terms.delinquencyBps = 500;
        terms.reserveBps = 500;
        terms.overcollateralBps = 3_000;
        terms.servicerBps = 100;
        terms.senior = 10_000e18;
        terms.appraisal = 13_000e18;
        terms.pool = address(pool);
        terms.servicer = servicer;
        terms.receiver = receiver;
        terms.segregatedPortfolio = "SP1";
    }

    function _share() internal view returns (IDealVault.Terms memory terms) {
        terms = _debt();
        terms.kind = IDealVault.Kind.RevenueShare;
        terms.rateBps = 0;
        terms.reserveBps = 0;
        terms.shareBps = 4_000;
        terms.capBps = 13_000;
    }

    function _hybrid() internal view returns (IDealVault.Terms memory terms) {
        terms = _debt();
        terms.kind = IDealVault.Kind.Hybrid;
        terms.reserveBps = 0;
        terms.shareBps = 2_000;
    }

    function _list(uint256 deedId, IDealVault.Terms memory terms) internal returns (DealVault vault) {
        uint256[] memory ids = new uint256[](1);
        ids[0] = deedId;
        vm.prank(owner);
        vault = DealVault(desk.list(ids, terms));
    }

    function _fund(DealVault vault) internal {
        vm.prank(admin);
        pool.fund(address(vault));
    }

    /// @dev A funded deal over a fresh deed, in a pool with twice the advance and more.
    function _fundedDeal(string memory name, IDealVault.Terms memory terms) internal returns (DealVault vault) {
        if (pool.cash() < 5 * uint256(terms.senior)) _deposit(lender, 5 * uint256(terms.senior));
        vault = _list(_deed(name, 0), terms);
        _fund(vault);
    }

    function _pay(DealVault vault, uint64 epoch, uint256 amount) internal {
        address payer = makeAddr("payer");
        _mint(payer, amount);
        vm.startPrank(payer);
        aid.approve(address(vault), amount);
        vault.pay(epoch, amount);
        vm.stopPrank();
    }

    function _repay(DealVault vault, uint256 amount) internal {
        address payer = makeAddr("payer");
        _mint(payer, amount);
        vm.startPrank(payer);
        aid.approve(address(vault), amount);
        vault.repay(amount);
        vm.stopPrank();
    }

    function _recover(DealVault vault, uint256 amount) internal {
        _mint(receiver, amount);
        vm.startPrank(receiver);
        aid.approve(address(vault), amount);
        vault.payRecovery(amount);
        vm.stopPrank();
    }
}
